import { sendDraft } from '../commands.ts';
import { resolveAll } from '../list/moves.ts';
import { Icon } from '../parts/icon.tsx';
import { now } from '../stores/clock.ts';
import { draft, returnToDraft, takeDraft, type Mode } from '../stores/drafts.ts';
import { holderOf, type Holder } from '../stores/holder.ts';
import { entryOf } from '../stores/queue.ts';
import { visitorName } from '../words.ts';
import { newReplyOf, readNewReply } from './collision.ts';
import { NewReply, Others } from './collision.tsx';
import styles from './composer.module.css';
import { Editor } from './editor.tsx';
import { modeOf, setMode } from './mode.ts';

const MODES: readonly Mode[] = ['reply', 'note'];
const LABELS: Readonly<Record<Mode, string>> = { reply: 'Reply', note: 'Note' };

/** Where replies and notes are written; one instance a conversation. */
export function Composer({ id }: { id: string }) {
  const mode = modeOf(id);
  const holder = holderOf(id);
  const refusal = mode === 'reply' ? whyNoReply(holder) : null;
  const reply = mode === 'reply' ? newReplyOf(id) : null;
  const send = () => {
    readNewReply(id);
    sendDraft(id, mode);
  };
  const sendAndResolve = () => {
    send();
    resolveAll([id]);
  };
  return (
    <section class={styles.composer} data-mode={mode} aria-label="Write">
      {reply && <NewReply id={id} reply={reply} />}
      <div class={styles.tabs} role="group" aria-label="What to write">
        {MODES.map((each) => (
          <button type="button" key={each} aria-pressed={mode === each} onClick={() => setMode(id, each)}>
            {each === 'note' && <Icon name="lock" size={13} />}
            {LABELS[each]}
          </button>
        ))}
        {mode === 'note' && <span class={styles.aside}>Only the team sees this</span>}
        <Others id={id} />
      </div>
      {holder.isMine && <Overdue id={id} />}
      {refusal && <Refusal id={id} words={refusal} />}
      {(!refusal || draft(id, 'reply').value !== '') && (
        <Editor
          key={mode}
          id={id}
          mode={mode}
          label={mode === 'note' ? 'Note for the team' : `Reply to ${visitorName(entryOf(id)?.visitor)}`}
          sendLabel={reply ? 'Send anyway' : sendLabel(mode, holder)}
          refusal={refusal}
          acts={{ send, sendAndResolve }}
        />
      )}
    </section>
  );
}

/** Who took a conversation and says nothing loses it again: the visitor still waits. */
function Overdue({ id }: { id: string }) {
  const warnAt = entryOf(id)?.warn_at;
  if (!warnAt || now.value < Date.parse(warnAt)) return null;
  return <p class={styles.overdue} role="status">The visitor still waits for your first words. Soon this goes back to the queue.</p>;
}

/** Words that cannot be sent any more are not lost. */
function Refusal({ id, words }: { id: string; words: string }) {
  const hasText = draft(id, 'reply').value.trim() !== '';
  const keep = () => {
    returnToDraft(id, 'note', takeDraft(id, 'reply'));
    setMode(id, 'note');
  };
  return (
    <p class={styles.refusal} role="status">
      {words}{' '}
      {hasText && <button type="button" class="text-button" onClick={keep}>Make it a note</button>}
    </p>
  );
}

function sendLabel(mode: Mode, holder: Holder): string {
  if (mode === 'note') return 'Add note';
  return holder.canBeClaimed ? 'Claim and send' : 'Send';
}

function whyNoReply(holder: Holder): string | null {
  if (holder.isMine || holder.canBeClaimed) return null;
  if (holder.status === 'unknown') return 'The conversation is on its way.';
  if (holder.status === 'resolved') return 'This conversation is resolved. It opens again when the visitor writes.';
  return `${holder.agent ?? 'Another agent'} has this conversation. You can leave a note.`;
}
