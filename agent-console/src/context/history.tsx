import { dayName } from 'web-shared/time.ts';

import { now } from '../stores/clock.ts';
import { contactOf } from '../stores/contacts.ts';
import { goTo } from '../stores/route.ts';
import styles from './context.module.css';
import { useContact } from './use-contact.ts';

const OUTCOME: Readonly<Record<string, string>> = {
  with_bot: 'With the bot',
  waiting: 'Waiting',
  with_agent: 'With an agent',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
};

/** What the visitor asked before, with how it ended and how they rated it. */
export function History({ id }: { id: string }) {
  const visitor = useContact(id);
  const past = (visitor && contactOf(visitor)?.past.filter((each) => each.id !== id)) || [];
  if (past.length === 0) return <p class={styles.quiet}>This is the first conversation that is known of this visitor.</p>;
  return (
    <ul>
      {past.map((each) => (
        <li key={each.id}>
          <button type="button" class={styles.past} onClick={() => goTo(each.id)}>
            <b>
              {OUTCOME[each.status] ?? each.status}{each.score ? `, rated ${each.score} of 5` : ''}
              <span>{dayName(new Date(each.started_at), new Date(now.peek()), navigator.language)}</span>
            </b>
            <span dir="auto">{each.preview}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
