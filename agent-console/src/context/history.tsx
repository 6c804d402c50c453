import { dayName } from 'web-shared/time.ts';

import { now } from '../stores/clock.ts';
import { contactOf } from '../stores/contacts.ts';
import { goTo } from '../stores/route.ts';
import type { ConversationRow } from '../stores/search.ts';
import { REASON_CHIP, STATUS } from '../words.ts';
import styles from './context.module.css';

/** What the visitor asked before, and who dealt with it. */
export function History({ id }: { id: string }) {
  const past = contactOf(id)?.history.filter((each) => each.id !== id) ?? [];
  if (past.length === 0) return <p class={styles.quiet}>This is the first conversation that is known of this visitor.</p>;
  return (
    <ul>
      {past.map((each) => (
        <li key={each.id}>
          <button type="button" class={styles.past} onClick={() => goTo(each.id)}>
            <b>
              {STATUS[each.status] ?? each.status}
              <span>{dayName(new Date(each.started_at), new Date(now.peek()), navigator.language)}</span>
            </b>
            <span>{details(each)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function details({ reason, agent, tags }: ConversationRow): string {
  return [agent?.name ?? 'The bot alone', reason && REASON_CHIP[reason], ...tags].filter(Boolean).join(', ');
}
