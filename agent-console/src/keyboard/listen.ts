import { openPalette, palette } from '../palette/palette-state.ts';
import { goTo, openConversation } from '../stores/route.ts';
import { clearSelection, selection } from '../stores/selection.ts';
import { openFind } from '../transcript/find.ts';
import { isPrefix, shortcutFor } from './shortcuts.ts';

const INPUTS = 'input, textarea, select, [contenteditable], [role=menu]';
/** The second key of two comes within this time. */
const SECOND_KEY_MS = 1200;

let first: { key: string; at: number } | null = null;

/** Listens to keys pressed outside inputs, and to Ctrl+K everywhere; returns how to stop. */
export function startShortcuts(): () => void {
  document.addEventListener('keydown', onKeyDown);
  return () => document.removeEventListener('keydown', onKeyDown);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (isCommandBarKey(event)) {
    event.preventDefault();
    if (!palette.value && !document.querySelector('dialog[open]')) openPalette('all');
    return;
  }
  if (isFindKey(event)) {
    event.preventDefault();
    return openFind();
  }
  // Alt makes letters on many keyboards, so no shortcut has it.
  if (event.ctrlKey || event.metaKey || event.altKey || isInInput(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  const act = event.key === 'Escape' ? leave : actFor(event.key);
  if (!act) return;
  event.preventDefault();
  act();
}

function isCommandBarKey(event: KeyboardEvent): boolean {
  return isWithCtrl(event, 'k');
}

/** In an open conversation; pressed again in the bar, the browser's own search comes. */
function isFindKey(event: KeyboardEvent): boolean {
  const isInBar = event.target instanceof Element && event.target.closest('[role=search]') !== null;
  return isWithCtrl(event, 'f') && openConversation.value !== null && !isInBar && !document.querySelector('dialog[open]');
}

function isWithCtrl(event: KeyboardEvent, key: string): boolean {
  return (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === key;
}

function actFor(key: string): (() => void) | undefined {
  const before = first && Date.now() - first.at < SECOND_KEY_MS ? first.key : null;
  first = null;
  const found = before === null ? undefined : shortcutFor([before, key]);
  if (found) return found.act;
  if (!isPrefix(key)) return shortcutFor([key])?.act;
  first = { key, at: Date.now() };
  return undefined;
}

function leave(): void {
  if (selection.value.size > 0) clearSelection();
  else goTo(null);
}

function isInInput(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(INPUTS) !== null;
}
