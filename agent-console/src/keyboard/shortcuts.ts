import { claim } from '../commands.ts';
import { focusComposer } from '../composer/mode.ts';
import { toggleContextPane } from '../context/context-drawer.ts';
import { insertSuggestion } from '../context/insert-suggestion.ts';
import { claimAndOpen, listedIds, meantConversation, moveInList, resolveAll } from '../list/moves.ts';
import { openPalette, type PaletteMode } from '../palette/palette-state.ts';
import { resolve } from '../commands.ts';
import { holderOf } from '../stores/holder.ts';
import { listIsFolded, shortcutsAreOn } from '../stores/preferences.ts';
import { markUnread } from '../stores/reading.ts';
import { maySupervise } from '../stores/roles.ts';
import { goTo, goToSection, openConversation, section } from '../stores/route.ts';
import { clearSelection, selection, toggleSelected } from '../stores/selection.ts';
import { undoLast } from '../stores/undo.ts';
import { tab, type Tab } from '../list/tabs.tsx';
import { shortcutsDialogIsOpen } from './shortcuts-state.ts';

export interface Shortcut {
  /** As `event.key`, capitals with Shift; two of them are pressed one after the other. */
  keys: readonly string[];
  label: string;
  act: () => void;
  /** In which list it is shown. */
  group: 'Move' | 'Conversation' | 'Write' | 'Desk';
}

/** Single keys; both what they do and the list that is shown. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: ['j'], group: 'Move', label: 'Next conversation', act: () => moveInList(1) },
  { keys: ['k'], group: 'Move', label: 'Previous conversation', act: () => moveInList(-1) },
  { keys: ['o'], group: 'Move', label: 'Open it', act: () => forMeant(goTo) },
  { keys: ['x'], group: 'Move', label: 'Select it', act: () => forMeant((id) => toggleSelected(id)) },
  { keys: ['X'], group: 'Move', label: 'Select up to it', act: () => forMeant((id) => toggleSelected(id, true, listedIds())) },
  { keys: ['['], group: 'Move', label: 'Fold the list', act: () => (listIsFolded.value = !listIsFolded.value) },
  { keys: [']'], group: 'Move', label: 'Fold the context', act: toggleContextPane },
  { keys: ['a'], group: 'Conversation', label: 'Claim', act: claimMeant },
  { keys: ['A'], group: 'Conversation', label: 'Hand over to …', act: () => pick('assign') },
  { keys: ['e'], group: 'Conversation', label: 'Resolve and go to the next', act: () => resolveAll(meant()) },
  { keys: ['E'], group: 'Conversation', label: 'Resolve and stay', act: () => resolve(meant().filter((id) => holderOf(id).isMine)) },
  { keys: ['s'], group: 'Conversation', label: 'Snooze', act: () => pick('snooze') },
  { keys: ['t'], group: 'Conversation', label: 'Tag', act: () => openPalette('tag') },
  { keys: ['m'], group: 'Conversation', label: 'Run a macro', act: () => openPalette('macro') },
  { keys: ['u'], group: 'Conversation', label: 'Mark unread', act: () => forMeant(markUnread) },
  { keys: ['z'], group: 'Conversation', label: 'Undo', act: undoLast },
  { keys: ['r'], group: 'Write', label: 'Write a reply', act: () => forOpen((id) => focusComposer(id, 'reply')) },
  { keys: ['n'], group: 'Write', label: 'Write a note', act: () => forOpen((id) => focusComposer(id, 'note')) },
  { keys: ['1'], group: 'Write', label: 'Insert the first suggestion', act: () => forOpen((id) => insertSuggestion(id, 0)) },
  { keys: ['2'], group: 'Write', label: 'Insert the second', act: () => forOpen((id) => insertSuggestion(id, 1)) },
  { keys: ['3'], group: 'Write', label: 'Insert the third', act: () => forOpen((id) => insertSuggestion(id, 2)) },
  { keys: ['g', 'i'], group: 'Desk', label: 'Go to the queue', act: () => goToTab('queue') },
  { keys: ['g', 'b'], group: 'Desk', label: 'Go to the bot’s conversations', act: () => goToTab('bot') },
  { keys: ['g', 'a'], group: 'Desk', label: 'Open the help pages', act: () => window.open('/help', '_blank', 'noopener') },
  { keys: ['g', 't'], group: 'Desk', label: 'Go to the team', act: () => maySupervise.value && goToSection('team') },
  { keys: ['g', 's'], group: 'Desk', label: 'Go to insights', act: () => maySupervise.value && goToSection('insights') },
  { keys: ['g', ','], group: 'Desk', label: 'Go to the settings', act: () => goToSection('settings') },
  { keys: ['?'], group: 'Desk', label: 'This list', act: () => (shortcutsDialogIsOpen.value = true) },
];

/** What the browser or the composer does by itself, for the list. */
export const OTHER_KEYS: readonly Omit<Shortcut, 'act'>[] = [
  { keys: ['Enter'], group: 'Move', label: 'Open the conversation' },
  { keys: ['Ctrl', 'Enter'], group: 'Write', label: 'Send' },
  { keys: ['Ctrl', 'Shift', 'Enter'], group: 'Write', label: 'Send and resolve' },
  { keys: ['Ctrl', 'Shift', 'A'], group: 'Write', label: 'Insert an article' },
  { keys: ['/'], group: 'Write', label: 'Canned responses, in a reply' },
  { keys: ['@'], group: 'Write', label: 'Call a colleague, in a note' },
  { keys: ['Esc'], group: 'Move', label: 'Leave the composer, then the conversation' },
  { keys: ['Ctrl', 'F'], group: 'Conversation', label: 'Find in it' },
  { keys: ['Ctrl', 'K'], group: 'Desk', label: 'Search and commands' },
];

function pick(mode: PaletteMode): void {
  openPalette(mode, meant().filter((id) => holderOf(id).isMine));
}

function goToTab(to: Tab): void {
  tab.value = to;
  if (section.value !== 'inbox') goTo(null);
}

function claimMeant(): void {
  const ids = meant().filter((id) => holderOf(id).canBeClaimed);
  if (selection.value.size > 0) {
    ids.forEach(claim);
    clearSelection();
  } else if (ids[0]) claimAndOpen(ids[0]);
}

function meant(): string[] {
  if (selection.value.size > 0) return [...selection.value];
  const id = meantConversation();
  return id ? [id] : [];
}

function forOpen(act: (id: string) => void): void {
  if (openConversation.value) act(openConversation.value);
}

function forMeant(act: (id: string) => void): void {
  const id = meantConversation();
  if (id) act(id);
}

export function shortcutFor(pressed: readonly string[]): Shortcut | undefined {
  if (!shortcutsAreOn.value) return undefined;
  return SHORTCUTS.find(({ keys }) => keys.length === pressed.length && keys.every((key, at) => key === pressed[at]));
}

/** Whether a key is the first of two. */
export function isPrefix(key: string): boolean {
  return shortcutsAreOn.value && SHORTCUTS.some(({ keys }) => keys.length > 1 && keys[0] === key);
}
