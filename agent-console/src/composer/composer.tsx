import { sendDraft } from '../commands.ts';
import { Icon } from '../parts/icon.tsx';
import type { Mode } from '../stores/drafts.ts';
import { holderOf, type Holder } from '../stores/holder.ts';
import { entryOf } from '../stores/queue.ts';
import { visitorName } from '../words.ts';
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
  return (
    <section class={styles.composer} data-mode={mode} aria-label="Write">
      <div class={styles.tabs} role="group" aria-label="What to write">
        {MODES.map((each) => (
          <button
            type="button"
            key={each}
            aria-pressed={mode === each}
            onClick={() => setMode(id, each)}
          >
            {each === 'note' && <Icon name="lock" size={13} />}
            {LABELS[each]}
          </button>
        ))}
        {mode === 'note' && <span class={styles.aside}>Only the team sees this</span>}
      </div>
      {refusal ? (
        <p class={styles.refusal}>{refusal}</p>
      ) : (
        <Editor
          key={mode}
          id={id}
          mode={mode}
          label={mode === 'note' ? 'Note for the team' : `Reply to ${visitorName(entryOf(id)?.visitor)}`}
          sendLabel={sendLabel(mode, holder)}
          onSend={() => sendDraft(id, mode)}
        />
      )}
    </section>
  );
}

function sendLabel(mode: Mode, holder: Holder): string {
  if (mode === 'note') return 'Add note';
  return holder.canBeClaimed ? 'Claim and send' : 'Send';
}

function whyNoReply(holder: Holder): string | null {
  if (holder.isMine || holder.canBeClaimed) return null;
  if (holder.status === 'resolved') return 'This conversation is resolved. It opens again when the visitor writes.';
  return `${holder.agent ?? 'Another agent'} has this conversation. You can leave a note.`;
}
