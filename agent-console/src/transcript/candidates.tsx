import { useState } from 'preact/hooks';
import type { ConsideredView } from 'web-shared/protocol/frames.ts';

import { confidence } from './bot-part-summary.ts';
import { featureWords } from './decision-words.ts';
import styles from './decision.module.css';

const SHOWN_FIRST = 3;

/** The articles that were considered, and what their confidences were made of. */
export function Candidates({ candidates }: { candidates: readonly ConsideredView[] }) {
  const [isWhole, setWhole] = useState(false);
  const listed = isWhole ? candidates : candidates.slice(0, SHOWN_FIRST);
  const features = [...new Set(listed.flatMap((candidate) => Object.keys(candidate.features)))];
  return (
    <>
      <div class={styles.scroll} tabIndex={0} role="region" aria-label="Articles that were considered">
        <table>
          <thead>
            <tr>
              <th scope="col">Article</th>
              <th scope="col">Confidence</th>
              {features.map((feature) => <FeatureHead key={feature} feature={feature} />)}
            </tr>
          </thead>
          <tbody>
            {listed.map((candidate) => <Candidate key={candidate.article} candidate={candidate} features={features} />)}
          </tbody>
        </table>
      </div>
      {!isWhole && candidates.length > SHOWN_FIRST && (
        <button type="button" class={`text-button ${styles.all}`} onClick={() => setWhole(true)}>
          Show all {candidates.length}
        </button>
      )}
    </>
  );
}

function FeatureHead({ feature }: { feature: string }) {
  const [name, meaning] = featureWords(feature);
  return <th scope="col" title={meaning}>{name}</th>;
}

function Candidate({ candidate, features }: { candidate: ConsideredView; features: readonly string[] }) {
  return (
    <tr>
      <th scope="row">
        {candidate.title}
        {candidate.matched.length > 0 && <small>{candidate.matched.join(', ')}</small>}
      </th>
      <td><b>{confidence(candidate.confidence)}</b></td>
      {features.map((feature) => <td key={feature}>{shown(candidate.features[feature])}</td>)}
    </tr>
  );
}

function shown(value: number | undefined): string {
  if (value === undefined) return '';
  return Number.isInteger(value) ? String(value) : value.toFixed(2);
}
