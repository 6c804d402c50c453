import { useEffect, useRef } from 'preact/hooks';

import { fillCanned, type CannedResponse } from '../stores/canned.ts';
import styles from './canned-picker.module.css';

interface PickerProps {
  id: string;
  responses: readonly CannedResponse[];
  chosen: number;
  known: Readonly<Record<string, string | undefined>>;
  onChoose: (response: CannedResponse) => void;
}

/** Canned responses with a preview; the composer grows upward for it. The focus stays in the text. */
export function CannedPicker({ id, responses, chosen, known, onChoose }: PickerProps) {
  const list = useRef<HTMLUListElement>(null);
  const current = responses[chosen];
  useEffect(() => list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' }), [chosen, responses]);
  return (
    <div class={styles.picker}>
      <ul ref={list} id={id} role="listbox" aria-label="Canned responses" class={styles.list}>
        {responses.map((response, index) => (
          <li
            key={response.shortcut}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            class={styles.option}
            // The text would lose the focus, and with it the place to insert at.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(response)}
          >
            <b>/{response.shortcut}</b>
            <span>{response.title}</span>
          </li>
        ))}
      </ul>
      {current && <Preview text={fillCanned(current.text, known)} />}
    </div>
  );
}

function Preview({ text }: { text: string }) {
  return (
    <div class={styles.preview}>
      <p>
        {text.split(/(\{\{.*?\}\})/).map((part) => (part.startsWith('{{') ? <mark>{part.slice(2, -2)}</mark> : part))}
      </p>
      <p class={styles.keys} aria-hidden="true">
        <kbd>↵</kbd> insert <kbd>↑</kbd><kbd>↓</kbd> choose
      </p>
    </div>
  );
}
