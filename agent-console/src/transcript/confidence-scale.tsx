import type { DecisionView } from 'web-shared/protocol/frames.ts';

import { confidence } from './bot-part-summary.ts';
import styles from './decision.module.css';

interface ScaleProps {
  decision: DecisionView;
  best: number;
}

/** The best confidence on a line from 0 to 1, between the thresholds. */
export function ConfidenceScale({ decision, best }: ScaleProps) {
  const marks = [
    { at: decision.clarify_at, label: 'asks from' },
    { at: decision.answer_at, label: 'answers from' },
    { at: decision.sure_at, label: 'sure from' },
  ];
  return (
    <div class={styles.scale}>
      <div class={styles.line} aria-hidden="true">
        <span class={styles.best} style={{ inlineSize: percent(best) }} />
        {marks.map((mark) => <i key={mark.label} style={{ insetInlineStart: percent(mark.at) }} />)}
      </div>
      <p>
        Best <b>{confidence(best)}</b>
        {marks.map((mark) => `, ${mark.label} ${confidence(mark.at)}`).join('')}
      </p>
    </div>
  );
}

function percent(share: number): string {
  return `${Math.min(1, Math.max(0, share)) * 100}%`;
}
