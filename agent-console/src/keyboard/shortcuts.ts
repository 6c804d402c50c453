import { signal } from '@preact/signals';

import { claim } from '../commands.ts';
import { focusComposer } from '../composer/mode.ts';
import { meantConversation, moveInList, resolveAndGoOn } from '../list/moves.ts';
import { holderOf } from '../stores/holder.ts';
import { shortcutsAreOn } from '../stores/preferences.ts';
import { goTo, openConversation } from '../stores/route.ts';

interface Shortcut {
  keys: readonly string[];
  label: string;
  act: () => void;
}

const INPUTS = 'input, textarea, select, [contenteditable], [role=menu]';

export const shortcutsDialogIsOpen = signal(false);

/** Single keys; both what they do and the list that is shown. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['j'], label: 'Next conversation', act: () => moveInList(1) },
  { keys: ['k'], label: 'Previous conversation', act: () => moveInList(-1) },
  { keys: ['a'], label: 'Claim', act: () => forMeant(claimAndOpen) },
  { keys: ['r'], label: 'Write a reply', act: () => forOpen((id) => focusComposer(id, 'reply')) },
  { keys: ['n'], label: 'Write a note', act: () => forOpen((id) => focusComposer(id, 'note')) },
  { keys: ['e'], label: 'Resolve and go to the next', act: () => forMeant(resolveMine) },
  { keys: ['?'], label: 'This list', act: () => (shortcutsDialogIsOpen.value = true) },
];

/** What the browser or the composer does by itself, for the list. */
export const OTHER_KEYS: readonly { keys: readonly string[]; label: string }[] = [
  { keys: ['Enter'], label: 'Open the conversation' },
  { keys: ['Ctrl', 'Enter'], label: 'Send' },
  { keys: ['/'], label: 'Canned responses, in a reply' },
  { keys: ['Esc'], label: 'Leave the composer, then the conversation' },
];

/** Listens to keys pressed outside inputs; returns how to stop. */
export function startShortcuts(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (isInInput(event.target) || document.querySelector('dialog[open]')) return;
    const act = event.key === 'Escape' ? () => goTo(null) : shortcutFor(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  };
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

function shortcutFor(key: string): (() => void) | undefined {
  if (!shortcutsAreOn.value) return undefined;
  return SHORTCUTS.find((shortcut) => shortcut.keys.includes(key.toLowerCase()))?.act;
}

function isInInput(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(INPUTS) !== null;
}

function claimAndOpen(id: string): void {
  if (!holderOf(id).canBeClaimed) return;
  claim(id);
  goTo(id);
}

function resolveMine(id: string): void {
  if (holderOf(id).isMine) resolveAndGoOn(id);
}

function forOpen(act: (id: string) => void): void {
  if (openConversation.value) act(openConversation.value);
}

function forMeant(act: (id: string) => void): void {
  const id = meantConversation();
  if (id) act(id);
}
