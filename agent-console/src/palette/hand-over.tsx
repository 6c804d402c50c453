import { useState } from 'preact/hooks';

import { transfer } from '../commands.ts';
import { leaveList } from '../list/moves.ts';
import { clearSelection } from '../stores/selection.ts';
import { counted } from '../words.ts';
import { closePalette } from './palette-state.ts';
import styles from './palette.module.css';
import type { Receiver } from './receivers.ts';

interface HandOverProps {
  receiver: Receiver;
  targets: readonly string[];
}

/** Who gets a conversation wants to know why. */
export function HandOver({ receiver, targets }: HandOverProps) {
  const [comment, setComment] = useState('');
  const isReady = comment.trim() !== '';
  const submit = () => {
    if (!isReady) return;
    const why = { comment: comment.trim() };
    closePalette();
    leaveList(targets);
    transfer(targets, receiver.kind === 'agent' ? { agent: receiver.id, ...why } : { queue: receiver.id, ...why }, receiver.name);
    clearSelection();
  };
  return (
    <form class={styles.hand} onSubmit={(event) => (event.preventDefault(), submit())}>
      <h2>Hand {targets.length === 1 ? 'this conversation' : counted(targets.length, 'conversation')} to {receiver.name}</h2>
      <label for="hand-over-comment"><p>What should they know? Only the team sees it.</p></label>
      <textarea
        id="hand-over-comment"
        autoFocus
        dir="auto"
        value={comment}
        onInput={(event) => setComment(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && (event.preventDefault(), submit())}
      />
      <div class={styles.foot}>
        <button type="button" class="button" onClick={() => closePalette()}>Cancel</button>
        <button type="submit" class="button primary" disabled={!isReady}>Hand over</button>
      </div>
    </form>
  );
}
