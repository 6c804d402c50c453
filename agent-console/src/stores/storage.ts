import { effect, signal, type Signal } from '@preact/signals';

const PREFIX = 'frontdesk.console.';

/** Reads from localStorage, which private windows and strict settings may refuse. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/** Writes to localStorage where that is allowed; `null` removes. */
export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // What cannot be kept lives as long as the page.
  }
}

/** The stored keys that begin with `start`, without our prefix. */
export function storedKeys(start: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + start))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

/** A signal that survives a reload. `isValid` guards against what an older version stored. */
export function storedSignal<T>(key: string, initial: T, isValid: (value: unknown) => boolean): Signal<T> {
  const stored = parse(readStored(key));
  const kept = signal<T>(isValid(stored) ? (stored as T) : initial);
  effect(() => writeStored(key, JSON.stringify(kept.value)));
  return kept;
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
