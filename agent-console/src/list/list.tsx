import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { counted } from '../words.ts';
import { awake, queueIsKnown, snoozed, waiting, waitingTotal } from '../stores/queue.ts';
import { capacity } from '../stores/presence.ts';
import { holdRows, type HeldRows } from './held-rows.ts';
import { hold, keepHold, letGo } from './hold.ts';
import styles from './list.module.css';
import { ListRow } from './row.tsx';
import { SkeletonRows } from './skeleton.tsx';
import { ListTabs, tab } from './tabs.tsx';

/** The pane of conversations: who waits, and what is mine. */
export function List() {
  return (
    <section class={styles.pane} aria-label="Conversations">
      <header class={styles.head}><h2>Inbox</h2></header>
      <ListTabs />
      <div
        class={styles.rows}
        id="inbox-rows"
        role="tabpanel"
        aria-labelledby={`tab-${tab.value}`}
        onPointerEnter={(event) => event.pointerType === 'mouse' && keepHold()}
        onPointerLeave={letGo}
      >
        {queueIsKnown.value ? <Sections /> : <SkeletonRows />}
      </div>
      <KeyHints />
    </section>
  );
}

function Sections() {
  return tab.value === 'queue' ? (
    <>
      <WaitingSection />
      <MineSection />
    </>
  ) : (
    <>
      <MineSection />
      {snoozed.value.length > 0 && <SnoozedSection />}
    </>
  );
}

function WaitingSection() {
  const held = useHeld(waiting.value, hold.value?.waiting ?? null);
  const unlisted = waitingTotal.value - waiting.value.length;
  return (
    <Section title="Waiting for a person" note={held.rows.length > 1 ? 'longest first' : ''} held={held}>
      {held.rows.length === 0 && held.hidden === 0 && <NobodyWaits />}
      {unlisted > 0 && <li class={styles.more}>{counted(unlisted, 'more')} in the queue</li>}
    </Section>
  );
}

function MineSection() {
  const held = useHeld(awake.value, hold.value?.mine ?? null);
  const limit = capacity.value;
  const count = limit > 0 ? `${awake.value.length} of ${limit}` : String(awake.value.length);
  return (
    <Section title="Mine" note={count} held={held}>
      {held.rows.length === 0 && <li class={styles.nothing}>What you claim stands here.</li>}
    </Section>
  );
}

function SnoozedSection() {
  return <Section title="Snoozed" note={String(snoozed.value.length)} held={holdRows(snoozed.value, null)} />;
}

interface SectionProps {
  title: string;
  note: string;
  held: HeldRows;
  children?: ComponentChildren;
}

function Section({ title, note, held, children }: SectionProps) {
  return (
    <section class={styles.section}>
      <h3 class={styles.title}>{title}<span>{note}</span></h3>
      <ul>
        {held.rows.map(({ entry, isGone }) => <ListRow key={entry.conversation} entry={entry} isGone={isGone} />)}
        {children}
      </ul>
      {held.hidden > 0 && (
        <button type="button" class={styles.pill} onClick={keepHold}>{held.hidden} new</button>
      )}
    </section>
  );
}

function NobodyWaits() {
  return (
    <li class={styles.empty}>
      <b>Nobody is waiting</b>
      <span>When a visitor needs a person, they stand here.</span>
    </li>
  );
}

function KeyHints() {
  const hints: [string[], string][] = [[['J', 'K'], 'move'], [['A'], 'claim'], [['R'], 'reply'], [['?'], 'all']];
  return (
    <footer class={styles.hints} aria-hidden="true">
      {hints.map(([keys, what]) => (
        <span>{keys.map((key) => <kbd>{key}</kbd>)} {what}</span>
      ))}
    </footer>
  );
}

function useHeld(live: readonly EntryView[], held: readonly EntryView[] | null): HeldRows {
  return useMemo(() => holdRows(live, held), [live, held]);
}
