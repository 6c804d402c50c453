const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
const MAC: Readonly<Record<string, string>> = { Ctrl: '⌘', Shift: '⇧', Enter: '↵' };

/** The keys that do something, as they are printed on this keyboard. */
export function Keys({ keys }: { keys: readonly string[] }) {
  if (keys.length === 0) return null;
  return <span class="keys" aria-hidden="true">{keys.map((key) => <kbd key={key}>{keyName(key)}</kbd>)}</span>;
}

export function keyName(key: string): string {
  if (IS_MAC && MAC[key]) return MAC[key];
  return key.length === 1 ? key.toUpperCase() : key;
}
