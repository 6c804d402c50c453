import { useId } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import type { Mode } from '../stores/drafts.ts';
import { enterSends } from '../stores/preferences.ts';
import { CannedPicker } from './canned-picker.tsx';
import styles from './composer.module.css';
import { EnterSends } from './enter-sends.tsx';
import { EDITOR_ID } from './mode.ts';
import { useEditor } from './use-editor.ts';

interface EditorProps {
  id: string;
  mode: Mode;
  label: string;
  sendLabel: string;
  onSend: () => void;
}

/** Belongs to one conversation and one mode for as long as it lives. */
export function Editor({ id, mode, label, sendLabel, onSend }: EditorProps) {
  const editor = useEditor(id, mode, onSend);
  const { text, found, chosen, hasCanned } = editor;
  const listId = useId();
  const isPicking = found.length > 0;
  return (
    <>
      {isPicking && (
        <CannedPicker id={listId} responses={found} chosen={chosen} known={editor.known} onChoose={editor.insert} />
      )}
      <textarea
        id={EDITOR_ID}
        ref={editor.area}
        class={styles.text}
        rows={2}
        dir="auto"
        aria-label={label}
        placeholder={placeholder(mode, hasCanned)}
        aria-autocomplete={hasCanned ? 'list' : undefined}
        aria-controls={isPicking ? listId : undefined}
        aria-activedescendant={isPicking ? `${listId}-${chosen}` : undefined}
        value={text}
        onInput={(event) => editor.onInput(event.currentTarget.value)}
        onClick={editor.look}
        onBlur={editor.closePicker}
        onKeyDown={editor.onKeyDown}
      />
      <div class={styles.foot}>
        {hasCanned && <CannedButton onClick={editor.openPicker} />}
        <EnterSends />
        <button
          type="button"
          class={`button ${mode === 'note' ? 'note' : 'primary'}`}
          disabled={text.trim() === ''}
          onClick={editor.submit}
        >
          {sendLabel}
          <kbd aria-hidden="true">{enterSends.value ? '↵' : 'Ctrl ↵'}</kbd>
        </button>
      </div>
    </>
  );
}

function CannedButton({ onClick }: { onClick: () => void }) {
  const label = 'Canned responses';
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name="bolt" size={17} />
    </button>
  );
}

function placeholder(mode: Mode, hasCanned: boolean): string {
  if (mode === 'note') return 'Write a note';
  return hasCanned ? 'Write a reply, / for a canned response' : 'Write a reply';
}
