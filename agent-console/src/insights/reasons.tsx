import type { InsightsView } from '../stores/insights.ts';
import { REASON_CHIP } from '../words.ts';
import styles from './insights.module.css';

/** Why people took over, the most frequent reason first. */
export function Reasons({ reasons }: { reasons: InsightsView['reasons'] }) {
  const most = Math.max(1, ...reasons.map(({ count }) => count));
  return (
    <section class={styles.card} aria-labelledby="reasons-title">
      <h2 id="reasons-title">Why people took over</h2>
      {reasons.length === 0 && <p class={styles.note}>Nobody asked for a person in this time.</p>}
      <ul>
        {reasons.map(({ reason, count }) => (
          <li key={reason} class={styles.reason}>
            <span>{REASON_CHIP[reason]}</span>
            <span class={styles.bar} aria-hidden="true"><i style={{ inlineSize: `${(count / most) * 100}%` }} /></span>
            <b>{count}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
