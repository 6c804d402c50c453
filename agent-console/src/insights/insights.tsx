import { useEffect, useState } from 'preact/hooks';

import { insightsTable, loadInsights, type InsightsView } from '../stores/insights.ts';
import { Days } from './days.tsx';
import { Figures } from './figures.tsx';
import styles from './insights.module.css';
import { Gaps } from './gaps.tsx';
import { Labels } from './labels.tsx';
import { Reasons } from './reasons.tsx';

const DAY_MS = 24 * 60 * 60 * 1000;
const PERIODS = [7, 28, 90] as const;

/** What the bot solved, what people did, and why they were needed. */
export function Insights() {
  const [days, setDays] = useState<number>(28);
  const [view, setView] = useState<InsightsView | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tries, setTries] = useState(1);
  useEffect(() => {
    let isCurrent = true;
    void loadInsights(since(days)).then((answer) => {
      if (!isCurrent) return;
      setView(answer.ok ? answer.value : null);
      setProblem(answer.ok ? null : answer.problem.message);
    });
    return () => (isCurrent = false);
  }, [days, tries]);
  return (
    <div class={styles.insights}>
      <header class={styles.head}>
        <h1>Insights</h1>
        <select aria-label="Period" value={days} onChange={(event) => setDays(Number(event.currentTarget.value))}>
          {PERIODS.map((period) => <option key={period} value={period} selected={period === days}>Last {period} days</option>)}
        </select>
        <a class="button" href={insightsTable(since(days))} download>Export CSV</a>
      </header>
      {problem && (
        <div class={styles.problem} role="alert">
          <p>{problem}</p>
          <button type="button" class="button" onClick={() => setTries(tries + 1)}>Try again</button>
        </div>
      )}
      {view && (
        <>
          <Figures numbers={view.numbers} before={view.before} />
          <div class={styles.two}>
            <Days days={view.days} from={since(days)} count={days} />
            <Reasons reasons={view.reasons} />
          </div>
          <Gaps days={days} />
          <Labels />
        </>
      )}
    </div>
  );
}

/** The beginning of the day, so many days ago. */
function since(days: number): Date {
  const then = new Date(Date.now() - (days - 1) * DAY_MS);
  return new Date(then.getFullYear(), then.getMonth(), then.getDate());
}
