import type { Day } from '../stores/insights.ts';
import styles from './insights.module.css';

const WIDTH = 840;
const HEIGHT = 190;
const LABEL = 34;
const GAP = 0.3;
const DAY_MS = 24 * 60 * 60 * 1000;

const PARTS = [
  { key: 'solved', label: 'Solved by the bot', of: (day: Day) => day.confirmed + day.assumed },
  { key: 'passed', label: 'Passed to a person', of: (day: Day) => day.passed },
  { key: 'open', label: 'Left open', of: (day: Day) => day.open },
] as const;

interface DaysProps {
  days: readonly Day[];
  from: Date;
  count: number;
}

/** How the conversations of each day ended, stacked; a table for those who do not see it. */
export function Days({ days, from, count }: DaysProps) {
  const all = everyDay(days, from, count);
  const most = niceTop(Math.max(...all.map(total)));
  return (
    <section class={styles.card} aria-labelledby="days-title">
      <header class={styles.cardHead}>
        <h2 id="days-title">Conversations per day</h2>
        <p class={styles.legend} aria-hidden="true">
          {PARTS.map(({ key, label }) => <span key={key}><i data-part={key} />{label}</span>)}
        </p>
      </header>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 24}`} aria-hidden="true" class={styles.chart}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={LABEL} x2={WIDTH} y1={HEIGHT * (1 - share) + 4} y2={HEIGHT * (1 - share) + 4} />
            <text x={0} y={HEIGHT * (1 - share) + 8}>{Math.round(most * share)}</text>
          </g>
        ))}
        {all.map((day, index) => <Bar key={day.day} day={day} index={index} count={all.length} most={most} />)}
      </svg>
      <table class="for-screen-readers">
        <caption>Conversations per day</caption>
        <thead><tr><th>Day</th>{PARTS.map(({ key, label }) => <th key={key}>{label}</th>)}</tr></thead>
        <tbody>
          {days.map((day) => <tr key={day.day}><th>{day.day}</th>{PARTS.map(({ key, of }) => <td key={key}>{of(day)}</td>)}</tr>)}
        </tbody>
      </table>
    </section>
  );
}

function Bar({ day, index, count, most }: { day: Day; index: number; count: number; most: number }) {
  const slot = (WIDTH - LABEL) / count;
  const x = LABEL + slot * (index + GAP / 2);
  let y = HEIGHT + 4;
  const every = Math.ceil(count / 5);
  return (
    <g>
      <title>{`${shortDay(day.day)}: ${PARTS.map(({ label, of }) => `${of(day)} ${label.toLowerCase()}`).join(', ')}`}</title>
      {PARTS.map(({ key, of }) => {
        const height = (of(day) / most) * HEIGHT;
        y -= height;
        return height > 0 && <rect key={key} data-part={key} x={x} y={y + 0.5} width={slot * (1 - GAP)} height={Math.max(1, height - 1)} rx={2} />;
      })}
      {index % every === 0 && <text x={x} y={HEIGHT + 20}>{shortDay(day.day)}</text>}
    </g>
  );
}

/** The server names only days on which something began. */
function everyDay(days: readonly Day[], from: Date, count: number): Day[] {
  const known = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, index) => {
    const day = isoDay(new Date(from.getTime() + index * DAY_MS + DAY_MS / 2));
    return known.get(day) ?? { day, confirmed: 0, assumed: 0, passed: 0, open: 0 };
  });
}

function isoDay(date: Date): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function shortDay(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(new Date(`${day}T12:00`));
}

function total(day: Day): number {
  return PARTS.reduce((sum, { of }) => sum + of(day), 0);
}

/** A round number above the highest bar. */
function niceTop(most: number): number {
  const step = 10 ** Math.floor(Math.log10(Math.max(most, 1)));
  return [2, 4, 6, 10].map((factor) => factor * step).find((top) => top >= most) ?? most;
}
