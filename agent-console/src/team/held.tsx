import { useEffect, useState } from 'preact/hooks';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { Avatar } from '../parts/avatar.tsx';
import { listConversations } from '../stores/search.ts';
import { remember } from '../stores/queue.ts';
import { goTo } from '../stores/route.ts';
import { ageWords } from '../list/row-time.tsx';
import { now } from '../stores/clock.ts';
import { visitorName } from '../words.ts';
import styles from './team.module.css';

const LOOK_EVERY_MS = 10_000;

/** What agents have now. A supervisor opens one to read along or to take it over. */
export function Held() {
  const [entries, setEntries] = useState<readonly EntryView[] | null>(null);
  useEffect(() => {
    const load = async () => {
      const page = await listConversations({ status: 'with_agent', after: null });
      if (page) remember(page.entries);
      setEntries(page?.entries ?? []);
    };
    void load();
    const timer = setInterval(() => void load(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  if (!entries) return null;
  if (entries.length === 0) return <p class={styles.quiet}>No agent has a conversation.</p>;
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.conversation} class={styles.row}>
          <Avatar name={entry.visitor.name ?? entry.visitor.email} seed={entry.conversation} />
          <div class={styles.about}>
            <b dir="auto">{visitorName(entry.visitor)}</b>
            <p dir="auto">{entry.preview}</p>
          </div>
          <span class="chip">{ageWords(now.value - Date.parse(entry.since))}</span>
          <button type="button" class="button small" onClick={() => goTo(entry.conversation)}>Open</button>
        </li>
      ))}
    </ul>
  );
}
