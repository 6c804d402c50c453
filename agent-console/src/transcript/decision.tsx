import type { ConsideredView, DecisionView, SourceView } from 'web-shared/protocol/frames.ts';

import { VERDICT } from '../words.ts';
import { confidence } from './bot-part-summary.ts';
import { ConfidenceScale } from './confidence-scale.tsx';
import styles from './decision.module.css';

interface DecisionProps {
  decision: DecisionView;
  sources: readonly SourceView[];
}

const QUESTION = {
  answer: 'Why this answer?',
  clarify: 'Why did it ask?',
  escalate: 'Why did it give up?',
  smalltalk: 'Why this?',
} as const;

/** What the bot tried, and why it said what it said. */
export function Decision({ decision, sources }: DecisionProps) {
  const [best] = decision.candidates;
  return (
    <details class={styles.decision}>
      <summary>
        <span class="chip" data-tone={decision.verdict === 'escalate' ? 'warn' : undefined}>
          {VERDICT[decision.verdict]}{best ? `, ${confidence(best.confidence)}` : ''}
        </span>
        <span class={styles.why}>{QUESTION[decision.verdict]}</span>
      </summary>
      <div class={styles.body}>
        <p>
          Searched for “{decision.question}” in {Math.max(1, Math.round(decision.took_us / 1000))} ms.
          Rule: {readable(decision.rule)}.
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
          <a href={new URL(source.url, location.origin).href} target="_blank" rel="noopener noreferrer">{source.title}</a>
        </>
      ))}
    </p>
  );
}

function Candidates({ candidates }: { candidates: readonly ConsideredView[] }) {
  const features = [...new Set(candidates.flatMap((candidate) => Object.keys(candidate.features)))];
  return (
    <div class={styles.scroll} tabIndex={0} role="region" aria-label="Articles that were considered">
      <table>
        <thead>
          <tr>
            <th scope="col">Article</th>
            <th scope="col">Confidence</th>
            {features.map((feature) => <th key={feature} scope="col">{readable(feature)}</th>)}
          </tr>
        </thead>
        <tbody>
          {candidates.map((candidate) => (
            <tr key={candidate.article}>
              <th scope="row">
                {candidate.title}
                {candidate.matched.length > 0 && <small>{candidate.matched.join(', ')}</small>}
              </th>
              <td><b>{confidence(candidate.confidence)}</b></td>
              {features.map((feature) => <td key={feature}>{featureWords(candidate.features[feature])}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function featureWords(value: number | undefined): string {
  if (value === undefined) return '';
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}

/** `top_margin` as people write it. */
function readable(name: string): string {
  return name.replaceAll('_', ' ');
}
