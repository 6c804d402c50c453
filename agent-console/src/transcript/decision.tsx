import type { DecisionView, SourceView } from 'web-shared/protocol/frames.ts';

import { confidence } from './bot-part-summary.ts';
import { Candidates } from './candidates.tsx';
import { ConfidenceScale } from './confidence-scale.tsx';
import { ruleWords, verdictWords } from './decision-words.ts';
import styles from './decision.module.css';

interface DecisionProps {
  decision: DecisionView;
  sources: readonly SourceView[];
}

/** What the bot tried, and why it said what it said. */
export function Decision({ decision, sources }: DecisionProps) {
  const [best] = decision.candidates;
  const [verdict, question] = verdictWords(decision);
  return (
    <details class={styles.decision}>
      <summary>
        <span class="chip" data-tone={decision.verdict === 'escalate' ? 'warn' : undefined}>
          {verdict}{best ? `, ${confidence(best.confidence)}` : ''}
        </span>
        <span class={styles.why}>{question}</span>
      </summary>
      <div class={styles.body}>
        <p>
          {ruleWords(decision.rule)} Searched for “{decision.question}”.
        </p>
        {sources.length > 0 && <Sources sources={sources} />}
        {best ? (
          <>
            <ConfidenceScale decision={decision} best={best.confidence} />
            <Candidates candidates={decision.candidates} />
          </>
        ) : (
          <p>No article came near.</p>
        )}
      </div>
    </details>
  );
}

function Sources({ sources }: { sources: readonly SourceView[] }) {
  return (
    <p>
      Shown:{' '}
      {sources.map((source, index) => (
        <>
          {index > 0 && ', '}
          <a href={new URL(source.url, location.origin).href} target="_blank" rel="noopener noreferrer">
            {source.title}
          </a>
        </>
      ))}
    </p>
  );
}
