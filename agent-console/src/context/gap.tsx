import { useState } from 'preact/hooks';

import { ArticleDialog } from '../insights/article-dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { flagGap, isFlagged } from '../stores/labels.ts';
import { entryOf } from '../stores/queue.ts';
import styles from './context.module.css';
import { lastQuestion } from './last-question.ts';

/** Tells the editors that an article is missing, or begins to write it. */
export function Gap({ id }: { id: string }) {
  const [isWriting, setWriting] = useState(false);
  const question = lastQuestion(id);
  if (!question) return null;
  const isDone = isFlagged(id, question.seq);
  return (
    <div class={styles.gap}>
      <span>
        <b>Gap in the articles?</b>
        {isDone ? 'The editors see this question now.' : 'Flag this question for a new one.'}
      </span>
      {isDone ? (
        <button type="button" class="button small" onClick={() => setWriting(true)}>Write it</button>
      ) : (
        <button type="button" class="button small" onClick={() => void flagGap(id, question.seq)}>
          <Icon name="flag" size={14} /> Flag
        </button>
      )}
      {isWriting && (
        <ArticleDialog
          asked={{ questions: [question.text], locale: entryOf(id)?.locale ?? '' }}
          onClose={() => setWriting(false)}
        />
      )}
    </div>
  );
}
