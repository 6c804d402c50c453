import type { Numbers } from '../stores/insights.ts';
import { counted } from '../words.ts';
import styles from './insights.module.css';

interface FigureProps {
  label: string;
  /** How it is counted. */
  title: string;
  value: string;
  note: string;
  change: Change | null;
}

interface Change {
  words: string;
  isGood: boolean;
}

const SOLVED = 'Ended without a person, and the visitor said that it helped (confirmed) or asked nothing further for 24 hours (assumed).';

/** Four numbers, each with what it is a part of and how it changed. */
export function Figures({ numbers, before }: { numbers: Numbers; before: Numbers }) {
  const { solved, rating, first_reply, not_answered } = numbers;
  const share = shareOf(numbers);
  const median = first_reply.median_s;
  return (
    <dl class={styles.figures}>
      <Figure
        label="Solved without a person"
        title={SOLVED}
        value={share === null ? '–' : `${(share * 100).toFixed(1)}%`}
        note={solved.of === 0 ? 'no conversation yet' : `${solved.confirmed} confirmed and ${solved.assumed} assumed of ${counted(solved.of, 'conversation')}`}
        change={change(share, shareOf(before), (by) => signed(by * 100, 1), true)}
      />
      <Figure
        label="Rating"
        title="The mean of what visitors gave, from 1 to 5."
        value={rating.average === null ? '–' : `${rating.average.toFixed(1)} of 5`}
        note={counted(rating.count, 'rating')}
        change={change(rating.average, before.rating.average, (by) => signed(by, 1), true)}
      />
      <Figure
        label="First reply by a person"
        title="From the moment a person was asked for to their first words; the median."
        value={median === null ? '–' : span(median)}
        note={first_reply.of === 0 ? 'nobody was needed' : `${first_reply.in_time} of ${first_reply.of} within a minute`}
        change={change(median, before.first_reply.median_s, (by) => `${signed(by, 0)} s`, false)}
      />
      <Figure
        label="Not answered"
        title="Questions for which the bot found no good article."
        value={String(not_answered.count)}
        note={`of ${counted(not_answered.of, 'question')}`}
        change={change(not_answered.count, before.not_answered.count, (by) => signed(by, 0), false)}
      />
    </dl>
  );
}

function Figure({ label, title, value, note, change: changed }: FigureProps) {
  return (
    <div title={title}>
      <dt>{label}</dt>
      <dd>
        {value}
        {changed && <small data-good={changed.isGood}>{changed.words}</small>}
      </dd>
      <dd class={styles.note}>{note}</dd>
    </div>
  );
}

function shareOf({ solved }: Numbers): number | null {
  return solved.of === 0 ? null : (solved.confirmed + solved.assumed) / solved.of;
}

function change(now: number | null, then: number | null, words: (by: number) => string, isMoreGood: boolean): Change | null {
  if (now === null || then === null || now === then) return null;
  return { words: words(now - then), isGood: now > then === isMoreGood };
}

function signed(by: number, digits: number): string {
  return `${by > 0 ? '+' : '−'}${Math.abs(by).toFixed(digits)}`;
}

function span(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes === 0 ? `${whole} s` : `${minutes} min ${whole % 60} s`;
}
