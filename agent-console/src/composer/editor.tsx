import { useId } from 'preact/hooks';

import { Icon, type IconName } from '../parts/icon.tsx';
import { keyName } from '../parts/keys.tsx';
import { openPalette } from '../palette/palette-state.ts';
import type { Mode } from '../stores/drafts.ts';
import { enterSends } from '../stores/preferences.ts';
import styles from './composer.module.css';
import { EDITOR_ID } from './mode.ts';
import { Picker } from './picker.tsx';
import { SendMenu } from './send-menu.tsx';
import { useEditor, type EditorActs } from './use-editor.ts';

interface EditorProps {
  id: string;
  mode: Mode;
  label: string;
  sendLabel: string;
  /** Why it cannot be sent now; what is written stays. */
  refusal: string | null;
  acts: EditorActs;
}

const CHOICES: Readonly<Record<Mode, { label: string; icon: IconName }>> = {
  reply: { label: 'Canned responses', icon: 'bolt' },
  note: { label: 'Mention somebody', icon: 'at' },
};

/** Belongs to one conversation and one mode for as long as it lives. */
export function Editor({ id, mode, label, sendLabel, refusal, acts }: EditorProps) {
  const editor = useEditor(id, mode, acts);
  const { text, choices, chosen, hasChoices } = editor;
  const listId = useId();
  const isPicking = choices.length > 0;
  const isEmpty = text.trim() === '';
  return (
    <>
      {isPicking && (
        <Picker id={listId} label={CHOICES[mode].label} choices={choices} chosen={chosen} onChoose={editor.insert} />
      )}
      <textarea
        id={EDITOR_ID}
        ref={editor.area}
        class={styles.text}
        rows={2}
        dir="auto"
        aria-label={label}
        placeholder={placeholder(mode, hasChoices)}
        aria-autocomplete={hasChoices ? 'list' : undefined}
        aria-controls={isPicking ? listId : undefined}
        aria-activedescendant={isPicking ? `${listId}-${chosen}` : undefined}
        value={text}
        onInput={(event) => editor.onInput(event.currentTarget.value)}
        onClick={editor.look}
        onBlur={editor.closePicker}
        onKeyDown={editor.onKeyDown}
      />
      <div class={styles.foot}>
        {hasChoices && <Tool {...CHOICES[mode]} onClick={editor.openPicker} />}
        {mode === 'reply' && <Tool label="Insert an article" icon="book" onClick={() => openPalette('article', [id])} />}
        <Tool label="Run a macro" icon="macro" onClick={() => openPalette('macro', [id])} />
        <span class={styles.hint}>{isEmpty ? '' : 'Draft saved'}</span>
        <span class={styles.split}>
          <button
            type="button"
            class={`button ${mode === 'note' ? 'note' : 'primary'}`}
            disabled={isEmpty || refusal !== null}
            onClick={editor.submit}
          >
            {sendLabel}
            <kbd aria-hidden="true">{enterSends.value ? '↵' : `${keyName('Ctrl')} ↵`}</kbd>
          </button>
          <SendMenu id={id} mode={mode} canSend={!isEmpty && refusal === null} onSendAndResolve={editor.submitAndResolve} />
        </span>
      </div>
    </>
  );
}

function Tool({ label, icon, onClick }: { label: string; icon: IconName; onClick: () => void }) {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} size={17} />
    </button>
  );
}

function placeholder(mode: Mode, hasChoices: boolean): string {
  if (mode === 'note') return hasChoices ? 'Write a note, @ to call somebody' : 'Write a note';
  return hasChoices ? 'Write a reply, / for a canned response' : 'Write a reply';
}
