import { PlainText } from 'web-shared/blocks.tsx';

import { editAgain, tryAgain } from '../commands.ts';
import { Icon } from '../parts/icon.tsx';
import { isWritten, type Change } from '../stores/changes.ts';
import { me } from '../stores/presence.ts';
import messages from './messages.module.css';
import { NoteCard } from './note.tsx';
import styles from './unsent.module.css';

/** A reply or note that is on its way, or that was refused. */
export function Unsent({ change }: { change: Change }) {
  const { frame } = change;
  if (!isWritten(frame)) return null;
  if (frame.type === 'note') {
    return (
      <NoteCard author={me.value?.name ?? ''} text={frame.text} at={change.at}>
        <Fate change={change} />
      </NoteCard>
    );
  }
  return (
    <div class={messages.group} data-author="agent" data-own="true">
      <div class={messages.column}>
        <span class="for-screen-readers">You:</span>
        <div class={messages.bubble} dir="auto" data-said><PlainText text={frame.text} /></div>
        <Fate change={change} />
      </div>
    </div>
  );
}

function Fate({ change }: { change: Change }) {
  const id = change.frame.client_id;
  if (change.state !== 'failed') return <p class={styles.sending}>Sending</p>;
  return (
    <p class={styles.failed}>
      <Icon name="alert" size={14} />
      Not sent.
      <button type="button" class="text-button" onClick={() => tryAgain(id)}>Try again</button>
      <button type="button" class="text-button" onClick={() => editAgain(id)}>Edit</button>
    </p>
  );
}
