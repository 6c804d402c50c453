import { useEffect, useState } from 'preact/hooks';
import { dayName } from 'web-shared/time.ts';

import { now } from '../stores/clock.ts';
import { listGaps, type GapGroup } from '../stores/insights.ts';
import { goTo } from '../stores/route.ts';
import { counted } from '../words.ts';
import { ArticleDialog } from './article-dialog.tsx';
import styles from './insights.module.css';

const SHOWN = 10;
const HEADS = ['Question, in visitors’ words', 'Asked', 'Closest article', 'Best score', 'Then', 'Last', ''] as const;

/** An article to write, or one to be found by more words. */
interface Work {
  gap: GapGroup;
  article: string | undefined;
}

/** What no article answered, grouped by meaning, most asked first: what to write next. */
export function Gaps({ days }: { days: number }) {
  const [gaps, setGaps] = useState<readonly GapGroup[] | null>(null);
  const [isWhole, setWhole] = useState(false);
  const [work, setWork] = useState<Work | null>(null);
  useEffect(() => void listGaps(days).then(setGaps), [days]);
  if (!gaps) return null;
  const shown = isWhole ? gaps : gaps.slice(0, SHOWN);
  return (
    <section class={`${styles.card} ${styles.labels}`} aria-labelledby="gaps-title">
      <header class={styles.cardHead}>
        <h2 id="gaps-title">Questions without a good answer</h2>
        <span>grouped by meaning, most asked first</span>
      </header>
      {gaps.length === 0 ? (
        <p class={styles.note}>No group of questions was left without an answer in this time.</p>
      ) : (
        <div class={styles.scroll} tabIndex={0} role="region" aria-label="Table of these questions">
          <table>
            <thead><tr>{HEADS.map((head) => <Head key={head} words={head} />)}</tr></thead>
            <tbody>{shown.map((gap) => <Row key={gap.questions[0]?.text} gap={gap} onWork={setWork} />)}</tbody>
          </table>
        </div>
      )}
      {shown.length < gaps.length && (
        <button type="button" class="text-button" onClick={() => setWhole(true)}>Show all {gaps.length}</button>
      )}
      {work && <ArticleDialog asked={askedIn(work.gap)} article={work.article} onClose={() => setWork(null)} />}
    </section>
  );
}

function Head({ words }: { words: string }) {
  return words ? <th scope="col">{words}</th> : <td />;
}

function Row({ gap, onWork }: { gap: GapGroup; onWork: (work: Work) => void }) {
  const { count, last_at, questions, nearest, best, passed } = gap;
  const [first, ...others] = questions;
  if (!first) return null;
  return (
    <tr>
      <th scope="row" dir="auto">
        <button type="button" class="text-button" onClick={() => goTo(first.conversation)}>{first.text}</button>
        {others.length > 0 && <span class={styles.others} title={others.map(({ text }) => text).join('\n')}> +{counted(others.length, 'wording')}</span>}
      </th>
      <td>{count}</td>
      <td>{nearest ?? <span class="chip" data-tone="warn">None</span>}</td>
      <td>{best === null ? '–' : best.toFixed(2)}</td>
      <td>{passed > 0 && <span class="chip" data-tone="warn">{Math.round((passed / count) * 100)}% to a person</span>}</td>
      <td>{dayName(new Date(last_at), new Date(now.peek()), navigator.language)}</td>
      <td class={styles.act}>
        {nearest && <Act words="Add wording" about={first.text} act={() => onWork({ gap, article: nearest })} />}
        <Act words="Write article" about={first.text} act={() => onWork({ gap, article: undefined })} />
      </td>
    </tr>
  );
}

function Act({ words, about, act }: { words: string; about: string; act: () => void }) {
  return (
    <button type="button" class="button small" onClick={act}>
      {words}<span class="for-screen-readers"> for {about}</span>
    </button>
  );
}

function askedIn({ questions, locale }: GapGroup) {
  return { questions: questions.map(({ text }) => text), locale };
}
