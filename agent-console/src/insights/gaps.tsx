import { useEffect, useState } from 'preact/hooks';
import { dayName } from 'web-shared/time.ts';

import { now } from '../stores/clock.ts';
import { listGaps, type GapGroup } from '../stores/insights.ts';
import { goTo } from '../stores/route.ts';
import { counted } from '../words.ts';
import styles from './insights.module.css';

const SHOWN = 10;
const HEADS = ['Question, in visitors’ words', 'Asked', 'Closest article', 'Last'] as const;

/** What no article answered, grouped by meaning, most asked first: what to write next. */
export function Gaps({ days }: { days: number }) {
  const [gaps, setGaps] = useState<readonly GapGroup[] | null>(null);
  const [isWhole, setWhole] = useState(false);
  useEffect(() => void listGaps(days).then(setGaps), [days]);
  if (!gaps) return null;
  const shown = isWhole ? gaps : gaps.slice(0, SHOWN);
  return (
    <section class={`${styles.card} ${styles.labels}`} aria-labelledby="gaps-title">
      <h2 id="gaps-title">Questions without a good answer</h2>
      {gaps.length === 0 ? (
        <p class={styles.note}>No group of questions was left without an answer in this time.</p>
      ) : (
        <div class={styles.scroll} tabIndex={0} role="region" aria-labelledby="gaps-title">
          <table>
            <thead><tr>{HEADS.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
            <tbody>{shown.map((gap) => <Row key={gap.questions[0]?.text} gap={gap} />)}</tbody>
          </table>
        </div>
      )}
      {shown.length < gaps.length && (
        <button type="button" class="text-button" onClick={() => setWhole(true)}>Show all {gaps.length}</button>
      )}
    </section>
  );
}

function Row({ gap: { count, last_at, questions, nearest } }: { gap: GapGroup }) {
  const [first, ...others] = questions;
  if (!first) return null;
  return (
    <tr>
      <th scope="row" dir="auto">
        <button type="button" class="text-button" onClick={() => goTo(first.conversation)}>{first.text}</button>
        {others.length > 0 && <span title={others.map(({ text }) => text).join('\n')}> and {counted(others.length, 'other wording')}</span>}
      </th>
      <td>{count}</td>
      <td>{nearest ?? <span class="chip" data-tone="warn">None</span>}</td>
      <td>{dayName(new Date(last_at), new Date(now.peek()), navigator.language)}</td>
    </tr>
  );
}
