import type { TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

import { typeReply } from '../commands.ts';
import { openPalette } from '../palette/palette-state.ts';
import { canned, nextGap, unfilled } from '../stores/canned.ts';
import { countUse } from '../stores/canned-edits.ts';
import { draft, writeDraft, type Mode } from '../stores/drafts.ts';
import { enterSends } from '../stores/preferences.ts';
import { agents } from '../stores/presence.ts';
import { showToast } from '../stores/toasts.ts';
import { choicesFor, TRIGGER, type Choice } from './choices.ts';
import { keyAct, type KeyAct } from './keys.ts';
import { triggerWord, type TriggerWord } from './trigger-word.ts';

type Area = HTMLTextAreaElement;
type Selection = readonly [start: number, end: number];

export interface EditorActs {
  send: () => void;
  sendAndResolve: () => void;
}

/** The text of one draft, with the choices that its last word asks for. */
export function useEditor(id: string, mode: Mode, acts: EditorActs) {
  const area = useRef<Area>(null);
  const selection = useRef<Selection | null>(null);
  const [word, setWord] = useState<TriggerWord | null>(null);
  const [chosen, setChosen] = useState(0);
  const text = draft(id, mode).value;
  const hasChoices = mode === 'reply' ? canned.value.length > 0 : agents.value.length > 1;
  const choices = word && hasChoices ? choicesFor(mode, id, word.search) : [];

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
    setWord(selectionStart === selectionEnd ? triggerWord(value, selectionStart, TRIGGER[mode]) : null);
    setChosen(0);
  };

  const onInput = (value: string) => {
    writeDraft(id, mode, value);
    look();
    if (mode === 'reply') typeReply(id);
  };

  const insert = (choice: Choice) => {
    if (!word) return;
    const next = text.slice(0, word.start) + choice.text + text.slice(word.end);
    const end = word.start + choice.text.length;
    setWord(null);
    countUse(choice.cannedId);
    change(next, nextGap(next, word.start) ?? [end, end]);
  };

  const openPicker = () => {
    const sign = TRIGGER[mode];
    const next = text === '' || /\s$/.test(text) ? `${text}${sign}` : `${text} ${sign}`;
    change(next, [next.length, next.length]);
    setWord(triggerWord(next, next.length, sign));
  };

  /** A canned response with gaps is not sent by mistake. */
  const unlessGap = (send: () => void) => () => {
    const gap = mode === 'reply' ? unfilled(text) : null;
    if (!gap) return send();
    showToast(`Fill in ${text.slice(...gap)} first.`);
    area.current?.focus();
    area.current?.setSelectionRange(...gap);
  };
  const submit = unlessGap(acts.send);
  const submitAndResolve = unlessGap(acts.sendAndResolve);

  const keyActs: Readonly<Record<KeyAct, (target: Area) => void>> = {
    send: submit,
    sendAndResolve: submitAndResolve,
    article: () => openPalette('article', [id]),
    insert: () => insert(choices[chosen]!),
    next: () => setChosen((chosen + 1) % choices.length),
    previous: () => setChosen((chosen + choices.length - 1) % choices.length),
    gap: (target) => target.setSelectionRange(...nextGap(text, target.selectionEnd)!),
    close: () => setWord(null),
    leave: (target) => target.blur(),
  };

  const onKeyDown = (event: TargetedKeyboardEvent<Area>) => {
    const hasGap = mode === 'reply' && nextGap(text, event.currentTarget.selectionEnd) !== null;
    const act = keyAct(event, { picker: choices.length > 0, gap: hasGap, enterSends: enterSends.value });
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    keyActs[act](event.currentTarget);
  };

  const closePicker = () => setWord(null);
  const shown = { text, hasChoices, choices, chosen };
  return { area, ...shown, look, onInput, onKeyDown, insert, openPicker, closePicker, submit, submitAndResolve };
}
