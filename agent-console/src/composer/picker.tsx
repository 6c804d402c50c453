import { useEffect, useRef } from 'preact/hooks';

import type { Choice } from './choices.ts';
import styles from './picker.module.css';

interface PickerProps {
  id: string;
  label: string;
  choices: readonly Choice[];
  chosen: number;
  onChoose: (choice: Choice) => void;
}

/** Choices with a preview; the composer grows upward for it. The focus stays in the text. */
export function Picker({ id, label, choices, chosen, onChoose }: PickerProps) {
  const list = useRef<HTMLUListElement>(null);
  const current = choices[chosen];
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' }), [chosen, choices]);
  return (
    <div class={styles.picker}>
      <ul ref={list} id={id} role="listbox" aria-label={label} tabIndex={0} class={styles.list}>
        {choices.map((choice, index) => (
          <li
            key={choice.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            class={styles.option}
            // The text would lose the focus, and with it the place to insert at.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(choice)}
          >
            <b>{choice.title}</b>
            <span>{choice.detail}</span>
          </li>
        ))}
      </ul>
      {current && <Preview text={current.preview} />}
    </div>
  );
}

function Preview({ text }: { text: string | undefined }) {
  return (
    <div class={styles.preview}>
      {text !== undefined && (
        <p>
          {text.split(/(\{\{.*?\}\}|\[[^\]\n]{1,40}\](?!\())/).map((part, index) =>
            index % 2 === 1 ? <mark>{part.replace(/^[{[]+|[}\]]+$/g, '')}</mark> : part,
          )}
        </p>
      )}
      <p class={styles.keys} aria-hidden="true">
        <kbd>↵</kbd> insert <kbd>↑</kbd><kbd>↓</kbd> choose
      </p>
    </div>
  );
}
