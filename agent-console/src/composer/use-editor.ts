import type { TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { typeReply } from '../commands.ts';
import { canned, fillCanned, findCanned, nextGap, type CannedResponse } from '../stores/canned.ts';
import { draft, writeDraft, type Mode } from '../stores/drafts.ts';
import { enterSends } from '../stores/preferences.ts';
import { me } from '../stores/presence.ts';
import { entryOf } from '../stores/queue.ts';
import { showToast } from '../stores/toasts.ts';
import { keyAct, type KeyAct } from './keys.ts';
import { slashWord, type SlashWord } from './slash-word.ts';

type Area = HTMLTextAreaElement;
type Selection = readonly [start: number, end: number];

/** The text of one draft, with the canned responses that its last word asks for. */
export function useEditor(id: string, mode: Mode, onSend: () => void) {
  const area = useRef<Area>(null);
  const selection = useRef<Selection | null>(null);
  const [slash, setSlash] = useState<SlashWord | null>(null);
  const [chosen, setChosen] = useState(0);
  const text = draft(id, mode).value;
  const hasCanned = mode === 'reply' && canned.value.length > 0;
  const found = slash && hasCanned ? findCanned(canned.value, slash.search) : [];
  const known = { 'visitor.name': entryOf(id)?.visitor.name, 'agent.name': me.value?.name };

  useLayoutEffect(() => {
    if (!selection.current) return;
    area.current?.setSelectionRange(...selection.current);
    selection.current = null;
  });

  const change = (next: string, select: Selection) => {
    writeDraft(id, mode, next);
    selection.current = select;
    area.current?.focus();
  };

  const look = () => {
    const { value, selectionStart, selectionEnd } = area.current!;
    setSlash(selectionStart === selectionEnd ? slashWord(value, selectionStart) : null);
    setChosen(0);
  };

  const onInput = (value: string) => {
    writeDraft(id, mode, value);
    look();
    if (mode === 'reply') typeReply(id);
  };

  const insert = (response: CannedResponse) => {
    if (!slash) return;
    const filled = fillCanned(response.text, known);
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

  /** A canned response with gaps is not sent by mistake. */
  const submit = () => {
    const gap = mode === 'reply' ? nextGap(text) : null;
    if (!gap) return onSend();
    showToast(`Fill in ${text.slice(...gap)} first.`);
    area.current?.focus();
    area.current?.setSelectionRange(...gap);
  };

  const acts: Readonly<Record<KeyAct, (target: Area) => void>> = {
    send: submit,
    insert: () => insert(found[chosen]!),
    next: () => setChosen((chosen + 1) % found.length),
    previous: () => setChosen((chosen + found.length - 1) % found.length),
    gap: (target) => target.setSelectionRange(...nextGap(text, target.selectionEnd)!),
    close: () => setSlash(null),
    leave: (target) => target.blur(),
  };

  const onKeyDown = (event: TargetedKeyboardEvent<Area>) => {
    const hasGap = nextGap(text, event.currentTarget.selectionEnd) !== null;
    const act = keyAct(event, { picker: found.length > 0, gap: hasGap, enterSends: enterSends.value });
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    acts[act](event.currentTarget);
  };

  const closePicker = () => setSlash(null);
  const shown = { text, hasCanned, found, chosen, known };
  return { area, ...shown, look, onInput, onKeyDown, insert, openPicker, closePicker, submit };
}
