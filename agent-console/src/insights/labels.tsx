import { useEffect, useState } from 'preact/hooks';
import { dayName } from 'web-shared/time.ts';

import { now } from '../stores/clock.ts';
import { listLabels, type LabelledQuestion } from '../stores/labels.ts';
import { goTo } from '../stores/route.ts';
import styles from './insights.module.css';

const HEADS = ['Question, in the visitor’s words', 'Should have shown', 'Says', 'When'] as const;

/** What agents flagged: questions without an article, and those that got the wrong one. */
export function Labels() {
  const [labels, setLabels] = useState<readonly LabelledQuestion[] | null>(null);
  useEffect(() => void listLabels().then(setLabels), []);
  if (!labels) return null;
  const newest = labels.toSorted((one, other) => other.at.localeCompare(one.at));
  return (
    <section class={`${styles.card} ${styles.labels}`} aria-labelledby="labels-title">
      <h2 id="labels-title">Flagged by agents</h2>
      {newest.length === 0 ? (
        <p class={styles.note}>None yet. In a conversation, “Flag” and “Bot was wrong” put a question here.</p>
      ) : (
        <div class={styles.scroll} tabIndex={0} role="region" aria-label="Table of what was flagged">
          <table>
            <thead>
              <tr>{HEADS.map((head) => <th key={head} scope="col">{head}</th>)}</tr>
            </thead>
            <tbody>{newest.map((label) => <Row key={`${label.conversation}/${label.seq}`} label={label} />)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ label: { text, gold, conversation, by, at } }: { label: LabelledQuestion }) {
  return (
    <tr>
      <th scope="row" dir="auto">
        <button type="button" class="text-button" onClick={() => goTo(conversation)}>{text}</button>
      </th>
      <td>{gold[0] ?? <span class="chip" data-tone="warn">No article yet</span>}</td>
      <td>{by}</td>
      <td>{dayName(new Date(at), new Date(now.peek()), navigator.language)}</td>
    </tr>
  );
}
