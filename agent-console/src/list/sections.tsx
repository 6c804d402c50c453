import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { capacity } from '../stores/presence.ts';
import { awake, snoozed, waiting, waitingTotal } from '../stores/queue.ts';
import { inView, view } from '../stores/views.ts';
import { counted } from '../words.ts';
import { holdRows, type HeldRows } from './held-rows.ts';
import { hold, keepHold } from './hold.ts';
import styles from './list.module.css';
import { ListRow } from './row.tsx';

/** More rows than this cost more than they help; the rest comes on demand. */
const ROWS_AT_ONCE = 60;

export function WaitingSection() {
  const held = useHeld(waiting.value, hold.value?.waiting ?? null);
  const unlisted = waitingTotal.value - waiting.value.length;
  return (
    <Section title="Waiting for a person" note={held.rows.length > 1 ? 'longest first' : ''} held={held}>
      {held.rows.length === 0 && (
        view.value
          ? <Empty title="Nobody in this view" words="Others may wait: the number on the tab counts everybody." />
          : <Empty title="Nobody is waiting" words="When a visitor needs a person, they stand here." />
      )}
      {unlisted > 0 && <li class={styles.more}>{counted(unlisted, 'more', 'more')} in the queue</li>}
    </Section>
  );
}

export function MineSection() {
  const held = useHeld(awake.value, hold.value?.mine ?? null);
  const limit = capacity.value;
  const count = limit > 0 ? `${awake.value.length} of ${limit}` : String(awake.value.length);
  return (
    <Section title="Mine" note={count} held={held}>
      {held.rows.length === 0 && <li class={styles.nothing}>What you claim stands here.</li>}
    </Section>
  );
}

export function SnoozedSection() {
  const held = useHeld(snoozed.value, null);
  return (
    <Section title="Snoozed" note={held.rows.length > 0 ? String(held.rows.length) : ''} held={held}>
      {held.rows.length === 0 && (
        <Empty title="Nothing sleeps" words="Snooze what can wait. It comes back at its time, or when the visitor writes." />
      )}
    </Section>
  );
}

interface SectionProps {
  title: string;
  note: string;
  held: HeldRows;
  children?: ComponentChildren;
}

export function Section({ title, note, held, children }: SectionProps) {
  const [most, setMost] = useState(ROWS_AT_ONCE);
  const rest = held.rows.length - most;
  return (
    <section class={styles.section}>
      <header class={styles.title}>
        <h3>{title}</h3>
        {held.hidden > 0
          ? <button type="button" class={styles.pill} onClick={keepHold}>{held.hidden} new</button>
          : <span>{note}</span>}
      </header>
      <ul>
        {held.rows.slice(0, most).map(({ entry, isGone }) => (
          <ListRow key={entry.conversation} entry={entry} isGone={isGone} />
        ))}
        {rest > 0 && (
          <li class={styles.more}>
            <button type="button" class="text-button" onClick={() => setMost(most + ROWS_AT_ONCE)}>
              Show {Math.min(rest, ROWS_AT_ONCE)} more
            </button>
          </li>
        )}
        {children}
      </ul>
    </section>
  );
}

export function Empty({ title, words }: { title: string; words: string }) {
  return (
    <li class={styles.empty}>
      <b>{title}</b>
      <span>{words}</span>
    </li>
  );
}

function useHeld(live: readonly EntryView[], held: readonly EntryView[] | null): HeldRows {
  const [entries, kept] = [inView(live), held && inView(held)];
  return useMemo(() => holdRows(entries, kept), [entries, kept]);
}
