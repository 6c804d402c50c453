import type { RefObject, TargetedKeyboardEvent } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import styles from './find-bar.module.css';
import { closeFind, findAsked, findIsOpen, findText, placesOf } from './find.ts';

interface FindBarProps {
  log: RefObject<HTMLElement | null>;
  /** Grows with the transcript, which is then looked through again. */
  length: number;
}

/** Looks through the open conversation; what is found is marked by the browser, not by elements. */
export function FindBar({ log, length }: FindBarProps) {
  useEffect(() => closeFind, []);
  return findIsOpen.value ? <Bar log={log} length={length} /> : null;
}

function Bar({ log, length }: FindBarProps) {
  const input = useRef<HTMLInputElement>(null);
  const { count, at, move } = usePlaces(log, length);
  useLayoutEffect(() => {
    const before = document.activeElement;
    return () => before instanceof HTMLElement && before.focus({ preventScroll: true });
  }, []);
  // At once: who types on must not lose a letter.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [findAsked.value]);
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    if (event.key === 'Escape') closeFind();
    else if (event.key === 'Enter' && event.target === input.current) move(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const step = (by: number, label: string, icon: 'up' | 'down') => (
    <button type="button" class="icon-button" aria-label={label} title={label} disabled={count === 0} onClick={() => move(by)}>
      <Icon name={icon} size={16} />
    </button>
  );
  return (
    <div class={styles.bar} role="search" aria-label="Find in the conversation" onKeyDown={onKeyDown}>
      <Icon name="find" size={16} />
      <input
        ref={input}
        type="text"
        aria-label="Find in the conversation"
        placeholder="Find in the conversation"
        value={findText.value}
        onInput={(event) => (findText.value = event.currentTarget.value)}
      />
      <span class={styles.count} role="status">{countWords(findText.value, at, count)}</span>
      {step(-1, 'Previous', 'up')}
      {step(1, 'Next', 'down')}
      <button type="button" class="icon-button" aria-label="Close" title="Close" onClick={closeFind}>
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}

/** The places, and the one that is looked at: the last one first, since a transcript is read from its end. */
function usePlaces(log: RefObject<HTMLElement | null>, length: number) {
  const [places, setPlaces] = useState<readonly Range[]>([]);
  const [at, setAt] = useState(0);
  const text = findText.value;
  const lookAgain = (isNewText: boolean) => {
    const found = log.current ? placesOf(text, log.current) : [];
    setPlaces(found);
    setAt((before) => (isNewText ? found.length - 1 : Math.min(before, found.length - 1)));
  };
  // After the folded parts have opened.
  useEffect(() => lookAgain(true), [text]);
  useEffect(() => lookAgain(false), [length]);
  useEffect(() => {
    mark(places, at);
    places[at]?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
  }, [places, at]);
  // The marks go with the bar, not a frame later.
  useLayoutEffect(() => () => mark([], 0), []);
  const move = (by: number) => setAt((at + by + places.length) % Math.max(1, places.length));
  return { count: places.length, at, move };
}

function mark(places: readonly Range[], at: number): void {
  // Browsers without highlights still count, and scroll there.
  if (!CSS.highlights) return;
  CSS.highlights.set('found', new Highlight(...places));
  CSS.highlights.set('found-now', new Highlight(...places.slice(at, at + 1)));
}

function countWords(text: string, at: number, count: number): string {
  if (text.trim() === '') return '';
  return count === 0 ? 'Nothing found' : `${at + 1} of ${count}`;
}
