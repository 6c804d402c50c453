import { useEffect } from 'preact/hooks';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { takeOver } from '../commands.ts';
import { ageWords } from '../list/row-time.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { now } from '../stores/clock.ts';
import { isMine, mine } from '../stores/queue.ts';
import { goTo } from '../stores/route.ts';
import { openShelf, shelf } from '../stores/shelves.ts';
import { visitorName } from '../words.ts';
import styles from './team.module.css';

const MINUTE_MS = 60_000;

/** What everybody has now, oneself too. A supervisor opens one to read along, or takes it over. */
export function Held() {
  useEffect(() => openShelf('team'), []);
  const { entries, isKnown } = shelf('team');
  if (!isKnown) return null;
  const all = [...mine.value, ...entries.filter((entry) => !isMine(entry.conversation))];
  if (all.length === 0) return <p class={styles.quiet}>Nobody has a conversation.</p>;
  return <ul>{all.map((entry) => <Row key={entry.conversation} entry={entry} />)}</ul>;
}

function waitWords(waited: number): string {
  return waited < MINUTE_MS ? 'wrote just now' : `waits for ${ageWords(waited)}`;
}

function Row({ entry }: { entry: EntryView }) {
  const isOwn = isMine(entry.conversation);
  const waited = entry.asked_at && now.value - Date.parse(entry.asked_at);
  return (
    <li class={styles.row}>
      <Avatar name={entry.visitor.name ?? entry.visitor.email} seed={entry.conversation} />
      <div class={styles.about}>
        <b dir="auto">{visitorName(entry.visitor)}</b>
        <p dir="auto">{isOwn ? 'You' : (entry.agent?.name ?? 'An agent')}: {entry.preview}</p>
      </div>
      {entry.status === 'snoozed' && <span class="chip"><Icon name="moon" size={13} />Snoozed</span>}
      {waited ? <span class="chip" data-tone="warn">{waitWords(waited)}</span> : null}
      <button type="button" class="button small" onClick={() => goTo(entry.conversation)}>Open</button>
      {!isOwn && (
        <button
          type="button"
          class="button small"
          onClick={() => (takeOver(entry.conversation), goTo(entry.conversation))}
        >
          Take over
        </button>
      )}
    </li>
  );
}
