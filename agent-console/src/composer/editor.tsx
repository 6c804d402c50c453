import type { TargetedKeyboardEvent } from 'preact';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { typeReply } from '../commands.ts';
import { Icon } from '../parts/icon.tsx';
import { canned, fillCanned, findCanned, nextGap, type CannedResponse } from '../stores/canned.ts';
import { draft, writeDraft, type Mode } from '../stores/drafts.ts';
import { enterSends } from '../stores/preferences.ts';
import { me } from '../stores/presence.ts';
import { entryOf } from '../stores/queue.ts';
import { showToast } from '../stores/toasts.ts';
import { CannedPicker } from './canned-picker.tsx';
import { EnterSends } from './composer.tsx';
import styles from './composer.module.css';
import { keyAct } from './keys.ts';
import { EDITOR_ID } from './mode.ts';
import { slashWord, type SlashWord } from './slash-word.ts';

interface EditorProps {
  id: string;
  mode: Mode;
  label: string;
  sendLabel: string;
  onSend: () => void;
}

/** The text of one draft. It belongs to one conversation and one mode for as long as it lives. */
export function Editor({ id, mode, label, sendLabel, onSend }: EditorProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  const selection = useRef<readonly [number, number] | null>(null);
  const [slash, setSlash] = useState<SlashWord | null>(null);
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const text = draft(id, mode).value;
  const hasCanned = mode === 'reply' && canned.value.length > 0;
  const found = slash && hasCanned ? findCanned(canned.value, slash.search) : [];

  useLayoutEffect(() => {
    if (!selection.current) return;
    area.current?.setSelectionRange(...selection.current);
    selection.current = null;
  });

  const change = (next: string, select: readonly [number, number]) => {
    writeDraft(id, mode, next);
    selection.current = select;
    area.current?.focus();
  };
  const look = () => {
    const { value, selectionStart, selectionEnd } = area.current!;
    setSlash(selectionStart === selectionEnd ? slashWord(value, selectionStart) : null);
    setChosen(0);
  };
  const insert = (response: CannedResponse) => {
    if (!slash) return;
    const filled = fillCanned(response.text, knownWords(id));
    const next = text.slice(0, slash.start) + filled + text.slice(slash.end);
    const end = slash.start + filled.length;
    setSlash(null);
    change(next, nextGap(next, slash.start) ?? [end, end]);
  };
  const openPicker = () => {
    const next = text === '' || /\s$/.test(text) ? `${text}/` : `${text} /`;
    change(next, [next.length, next.length]);
    setSlash(slashWord(next, next.length));
  };
  const submit = () => {
    const gap = mode === 'reply' ? nextGap(text) : null;
    if (!gap) return onSend();
    showToast(`Fill in ${text.slice(...gap)} first.`);
    area.current?.focus();
    area.current?.setSelectionRange(...gap);
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => {
    const gap = nextGap(text, event.currentTarget.selectionEnd);
    const act = keyAct(event, { picker: found.length > 0, gap: gap !== null, enterSends: enterSends.value });
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (act === 'send') submit();
    else if (act === 'insert') insert(found[chosen]!);
    else if (act === 'next') setChosen((chosen + 1) % found.length);
    else if (act === 'previous') setChosen((chosen + found.length - 1) % found.length);
    else if (act === 'gap') event.currentTarget.setSelectionRange(...gap!);
    else if (act === 'close') setSlash(null);
    else event.currentTarget.blur();
  };

  return (
    <>
      {found.length > 0 && (
        <CannedPicker id={listId} responses={found} chosen={chosen} known={knownWords(id)} onChoose={insert} />
      )}
      <textarea
        id={EDITOR_ID}
        ref={area}
        class={styles.text}
        rows={2}
        dir="auto"
        aria-label={label}
        placeholder={mode === 'note' ? 'Write a note' : hasCanned ? 'Write a reply, / for a canned response' : 'Write a reply'}
        aria-autocomplete={hasCanned ? 'list' : undefined}
        aria-controls={found.length > 0 ? listId : undefined}
        aria-activedescendant={found.length > 0 ? `${listId}-${chosen}` : undefined}
        value={text}
        onInput={(event) => {
          writeDraft(id, mode, event.currentTarget.value);
          look();
          if (mode === 'reply') typeReply(id);
        }}
        onClick={look}
        onBlur={() => setSlash(null)}
        onKeyDown={onKeyDown}
      />
      <div class={styles.foot}>
        {hasCanned && (
          <button type="button" class="icon-button" aria-label="Canned responses" title="Canned responses" onClick={openPicker}>
            <Icon name="bolt" size={17} />
          </button>
        )}
        <EnterSends />
        <button
          type="button"
          class={`button ${mode === 'note' ? 'note' : 'primary'}`}
          disabled={text.trim() === ''}
          onClick={submit}
        >
          {sendLabel}
          <kbd aria-hidden="true">{enterSends.value ? '↵' : 'Ctrl ↵'}</kbd>
        </button>
      </div>
    </>
  );
}

function knownWords(id: string): Readonly<Record<string, string | undefined>> {
  return { 'visitor.name': entryOf(id)?.visitor.name, 'agent.name': me.value?.name };
}
