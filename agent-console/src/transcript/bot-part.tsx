import { useId, useState } from 'preact/hooks';

import { BotAvatar } from '../parts/avatar.tsx';
import styles from './bot-part.module.css';
import { botPartSummary } from './bot-part-summary.ts';
import { isFinding } from './find.ts';
import type { BotPart } from './items.ts';
import { Messages } from './messages.tsx';

/** What the bot did, in one line; unfolded, with why it did so. */
export function BotPartView({ part }: { part: BotPart }) {
  const [isUnfolded, setUnfolded] = useState(false);
  const isOpen = isUnfolded || isFinding();
  const id = useId();
  const { count, outcome } = botPartSummary(part.messages);
  return (
    <>
      <div class={styles.fold}>
        <BotAvatar />
        <p class={styles.summary}><b>{count}</b> {outcome}</p>
        <button
          type="button"
          class="text-button"
          aria-expanded={isOpen}
          aria-controls={isOpen ? id : undefined}
          aria-label={isOpen ? 'Hide what the bot said' : 'Show what the bot said'}
          onClick={() => setUnfolded(!isUnfolded)}
        >
          {isOpen ? 'Hide' : 'Show'}
        </button>
      </div>
      {isOpen && (
        <div id={id} class={styles.unfolded}>
          {part.messages.map((message) => <Messages key={message.event.seq} messages={[message]} />)}
        </div>
      )}
      {!isOpen && part.asked && <Messages messages={[part.asked]} />}
    </>
  );
}
