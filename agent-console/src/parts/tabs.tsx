import type { TargetedKeyboardEvent } from 'preact';

import styles from './tabs.module.css';

interface TabsProps<K extends string> {
  label: string;
  tabs: readonly { key: K; label: string; count?: number }[];
  chosen: K;
  /** The id of what they change. */
  panel: string;
  onChoose: (key: K) => void;
}

/** Underlined tabs; arrow keys move between them. */
export function Tabs<K extends string>({ label, tabs, chosen, panel, onChoose }: TabsProps<K>) {
  const move = (event: TargetedKeyboardEvent<HTMLButtonElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const at = tabs.findIndex(({ key }) => key === chosen);
    const { key } = tabs.at((at + step) % tabs.length)!;
    onChoose(key);
    document.getElementById(`${panel}-${key}`)?.focus();
  };
  return (
    <div class={styles.tabs} role="tablist" aria-label={label}>
      {tabs.map(({ key, label: words, count }) => (
        <button
          type="button"
          role="tab"
          key={key}
          id={`${panel}-${key}`}
          aria-selected={key === chosen}
          aria-controls={panel}
          tabIndex={key === chosen ? 0 : -1}
          onClick={() => onChoose(key)}
          onKeyDown={move}
        >
          {words}{count ? ` ${count}` : ''}
        </button>
      ))}
    </div>
  );
}
