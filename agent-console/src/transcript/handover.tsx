import { stopwatch } from 'web-shared/time.ts';

import { now } from '../stores/clock.ts';
import { me } from '../stores/presence.ts';
import { standing } from '../stores/conversations.ts';
import { REASON_SENTENCE } from '../words.ts';
import type { Handover } from './items.ts';
import { usePeople } from './people.ts';
import styles from './transcript.module.css';

/** The line between the bot and the people: why, and how long it took. */
export function HandoverView({ handover }: { handover: Handover }) {
  return (
    <p class={styles.handover}>
      <span><b>Handed over</b>, {REASON_SENTENCE[handover.reason]}. <Wait handover={handover} /></span>
    </p>
  );
}

function Wait({ handover: { at, claimed } }: { handover: Handover }) {
  const { conversation } = usePeople();
  if (claimed) {
    const who = claimed.by === me.value?.name ? 'You' : claimed.by;
    return <>{who} claimed it after {stopwatch(Date.parse(claimed.at) - Date.parse(at))}</>;
  }
  if (standing(conversation).value.status !== 'waiting') return null;
  // The log is read out as it grows; a ticking clock must not be.
  return <span aria-live="off">Waiting for {stopwatch(now.value - Date.parse(at))}</span>;
}
