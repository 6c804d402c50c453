import { useEffect, useState } from 'preact/hooks';

import { loadInsights, type InsightsView } from '../stores/insights.ts';
import { maySupervise } from '../stores/roles.ts';
import styles from './desk.module.css';

/** Today's numbers, for a quiet moment. */
export function Today() {
  const [today, setToday] = useState<InsightsView | null>(null);
  const may = maySupervise.value;
  useEffect(() => {
    if (may) void loadInsights(midnight()).then((answer) => setToday(answer.ok ? answer.value : null));
  }, [may]);
  if (!today) return null;
  const { solved, first_reply } = today.numbers;
  const passed = today.days.reduce((sum, day) => sum + day.passed, 0);
  return (
    <dl class={styles.today} aria-label="Today">
      <div><dt>Conversations today</dt><dd>{solved.of}</dd></div>
      <div><dt>Passed to a person</dt><dd>{passed}</dd></div>
      <div><dt>Answered in a minute</dt><dd>{first_reply.in_time} of {first_reply.of}</dd></div>
    </dl>
  );
}

function midnight(): Date {
  const now = new Date();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate());
}
