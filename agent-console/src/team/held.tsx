import { useEffect } from 'preact/hooks';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { takeOver } from '../commands.ts';
import { ageWords } from '../list/row-time.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { now } from '../stores/clock.ts';
import { goTo } from '../stores/route.ts';
import { openShelf, shelf } from '../stores/shelves.ts';
import { visitorName } from '../words.ts';
import styles from './team.module.css';

/** What colleagues have now. A supervisor opens one to read along, or takes it over. */
export function Held() {
  useEffect(() => openShelf('team'), []);
  const { entries, isKnown } = shelf('team');
  if (!isKnown) return null;
  if (entries.length === 0) return <p class={styles.quiet}>No colleague has a conversation.</p>;
  return <ul>{entries.map((entry) => <Row key={entry.conversation} entry={entry} />)}</ul>;
}

function Row({ entry }: { entry: EntryView }) {
  const waited = entry.asked_at && now.value - Date.parse(entry.asked_at);
  return (
    <li class={styles.row}>
      <Avatar name={entry.visitor.name ?? entry.visitor.email} seed={entry.conversation} />
      <div class={styles.about}>
        <b dir="auto">{visitorName(entry.visitor)}</b>
        <p dir="auto">{entry.agent?.name ?? 'An agent'}: {entry.preview}</p>
      </div>
      {waited ? <span class="chip" data-tone="warn">waits for {ageWords(waited)}</span> : null}
      <button type="button" class="button small" onClick={() => goTo(entry.conversation)}>Open</button>
      <button
        type="button"
        class="button small"
        onClick={() => (takeOver(entry.conversation), goTo(entry.conversation))}
      >
        Take over
      </button>
    </li>
  );
}
