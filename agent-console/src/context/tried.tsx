import type { ConsideredView, TriedView } from 'web-shared/protocol/frames.ts';

import { Icon } from '../parts/icon.tsx';
import { packetOf } from '../stores/packets.ts';
import context from './context.module.css';
import styles from './tried.module.css';

/** What the bot answered already, and what it would have answered. */
export function Tried({ id }: { id: string }) {
  const packet = packetOf(id);
  if (!packet || (packet.tried.length === 0 && packet.candidates.length === 0)) return null;
  const { tried, candidates, answer_at } = packet;
  return (
    <section class={context.section} aria-labelledby="tried-title">
      <h2 id="tried-title" class={context.title}>What the bot tried</h2>
      {tried.length > 0 && <ul class={styles.list}>{tried.map((one) => <Shown key={one.seq} one={one} />)}</ul>}
      {candidates.length > 0 && (
        <>
          <p class={styles.lead}>
            Nearest to the last question{answer_at === undefined ? '' : `; it answers from ${answer_at.toFixed(2)}`}
          </p>
          <ol class={styles.list}>
            {candidates.map((one) => <Candidate key={one.article} one={one} answerAt={answer_at} />)}
          </ol>
        </>
      )}
    </section>
  );
}

function Shown({ one: { source, helpful, confidence } }: { one: TriedView }) {
  return (
    <li class={styles.row}>
      <a href={new URL(source.url, location.origin).href} target="_blank" rel="noopener noreferrer">{source.title}</a>
      {helpful !== undefined && (
        <span class="chip" data-tone={helpful ? 'ok' : 'bad'}>
          <Icon name={helpful ? 'thumbUp' : 'thumbDown'} size={13} />
          {helpful ? 'Helped' : 'Did not help'}
        </span>
      )}
      {confidence !== undefined && <span class={styles.number}>{confidence.toFixed(2)}</span>}
    </li>
  );
}

interface CandidateProps {
  one: ConsideredView;
  answerAt: number | undefined;
}

/** The bar shows how near it came; the words, why. */
function Candidate({ one: { title, confidence, matched }, answerAt }: CandidateProps) {
  const isEnough = answerAt !== undefined && confidence >= answerAt;
  return (
    <li class={styles.candidate}>
      <span>{title}</span>
      <span class={styles.number}>{confidence.toFixed(2)}</span>
      <span class={styles.bar} aria-hidden="true" data-enough={isEnough}><i style={{ inlineSize: `${confidence * 100}%` }} /></span>
      {matched.length > 0 && <small>Shares {matched.join(', ')}</small>}
    </li>
  );
}
