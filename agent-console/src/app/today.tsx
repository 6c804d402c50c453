import { useEffect, useState } from 'preact/hooks';

import { loadToday, type TodayNumbers } from '../stores/insights.ts';
import { maySupervise } from '../stores/roles.ts';
import styles from './desk.module.css';

/** Today's numbers, for a quiet moment. */
export function Today() {
  const [today, setToday] = useState<TodayNumbers | null>(null);
  const may = maySupervise.value;
  useEffect(() => {
    if (may) void loadToday().then(setToday);
  }, [may]);
  if (!today) return null;
  return (
    <dl class={styles.today} aria-label="Today">
      <div><dt>Conversations today</dt><dd>{today.conversations}</dd></div>
      <div><dt>Solved by the bot</dt><dd>{today.solved}</dd></div>
      <div><dt>Passed to a person</dt><dd>{today.passed}</dd></div>
    </dl>
  );
}
