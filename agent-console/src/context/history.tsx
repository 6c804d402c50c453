import type { EarlierView } from 'web-shared/protocol/frames.ts';
import { dayName } from 'web-shared/time.ts';

import { Icon } from '../parts/icon.tsx';
import { now } from '../stores/clock.ts';
import { contactOf } from '../stores/contacts.ts';
import { packetOf } from '../stores/packets.ts';
import { goTo } from '../stores/route.ts';
import type { ConversationRow } from '../stores/search.ts';
import { OUTCOME, REASON_CHIP, STATUS } from '../words.ts';
import styles from './context.module.css';

/** What the visitor asked before, who dealt with it, and how it ended. */
export function History({ id }: { id: string }) {
  const past = contactOf(id)?.history.filter((each) => each.id !== id) ?? [];
  const ends = new Map(packetOf(id)?.earlier.map((each) => [each.conversation, each]));
  if (past.length === 0) return <p class={styles.quiet}>This is the first conversation that is known of this visitor.</p>;
  return (
    <ul>
      {past.map((each) => <Past key={each.id} row={each} end={ends.get(each.id)} />)}
    </ul>
  );
}

/** `end` is known of the latest ones. */
function Past({ row, end }: { row: ConversationRow; end: EarlierView | undefined }) {
  return (
    <li>
      <button type="button" class={styles.past} onClick={() => goTo(row.id)}>
        <b>
          {end ? OUTCOME[end.outcome] : (STATUS[row.status] ?? row.status)}
          <span>{dayName(new Date(row.started_at), new Date(now.peek()), navigator.language)}</span>
        </b>
        {end?.preview && <span dir="auto">{end.preview}</span>}
        <span>{details(row, end)}</span>
        {end?.score !== undefined && <Score score={end.score} />}
      </button>
    </li>
  );
}

function Score({ score }: { score: number }) {
  return (
    <span class={styles.score}>
      <Icon name={score > 3 ? 'thumbUp' : score < 3 ? 'thumbDown' : 'dots'} size={13} /> Rated {score} of 5
    </span>
  );
}

function details({ reason, agent, tags }: ConversationRow, end: EarlierView | undefined): string {
  return [agent?.name ?? 'The bot alone', reason && REASON_CHIP[reason], end?.topic, ...tags].filter(Boolean).join(', ');
}
