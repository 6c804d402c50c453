import { claim, giveBack, release, setAvailability } from '../commands.ts';
import { focusComposer } from '../composer/mode.ts';
import { shortcutsDialogIsOpen } from '../keyboard/shortcuts-state.ts';
import { resolveAll } from '../list/moves.ts';
import { holderOf } from '../stores/holder.ts';
import { availability } from '../stores/presence.ts';
import { theme } from '../stores/preferences.ts';
import { markUnread } from '../stores/reading.ts';
import { goTo, goToSection, openConversation } from '../stores/route.ts';
import { mayAdministrate, maySupervise } from '../stores/roles.ts';
import type { PaletteItem } from './item.ts';
import { openFind } from '../transcript/find.ts';
import { openPalette, type PaletteMode } from './palette-state.ts';

/** What can be done with the conversations that are meant. */
export function conversationActions(targets: readonly string[]): PaletteItem[] {
  const claimable = targets.filter((id) => holderOf(id).canBeClaimed);
  const own = targets.filter((id) => holderOf(id).isMine);
  const [only] = targets.length === 1 ? targets : [];
  const actions: (PaletteItem | false)[] = [
    claimable.length > 0 && action('claim', 'Claim', ['A'], () => claimable.forEach(claim)),
    Boolean(only) && action('reply', 'Write a reply', ['R'], () => writeIn(only!, 'reply')),
    Boolean(only) && action('note', 'Write a note', ['N'], () => writeIn(only!, 'note')),
    own.length > 0 && action('resolve', 'Resolve', ['E'], () => resolveAll(own)),
    own.length > 0 && choice('snooze', 'Snooze …', ['S'], own),
    own.length > 0 && choice('assign', 'Hand over to …', ['Shift', 'A'], own),
    targets.length > 0 && choice('tag', 'Tag …', ['T'], targets),
    Boolean(only) && choice('macro', 'Run a macro …', ['M'], targets),
    Boolean(only) && choice('article', 'Insert an article …', ['Ctrl', 'Shift', 'A'], targets),
    own.length > 0 && action('release', 'Release to the queue', [], () => own.forEach(release)),
    own.length > 0 && action('give-back', 'Give back to the bot', [], () => own.forEach(giveBack)),
    Boolean(only) && only === openConversation.value && action('find', 'Find in this conversation', ['Ctrl', 'F'], openFind),
    Boolean(only) && action('unread', 'Mark unread', ['U'], () => markUnread(only!)),
  ];
  return actions.filter((each) => each !== false);
}

/** Where one can go, and what one can set. */
export function deskActions(): PaletteItem[] {
  const places: (PaletteItem | false)[] = [
    place('inbox', 'Go to the inbox', ['G', 'I'], () => goTo(null)),
    maySupervise.value && place('team', 'Go to the team', ['G', 'T'], () => goToSection('team')),
    maySupervise.value && place('insights', 'Go to insights', ['G', 'S'], () => goToSection('insights')),
    place('articles', 'Open the help pages', ['G', 'A'], () => window.open('/help', '_blank', 'noopener')),
    place('settings', 'Settings', ['G', ','], () => goToSection('settings')),
    place('canned', 'Canned responses', [], () => goToSection('settings', 'canned')),
    mayAdministrate.value && place('agents', 'Agents and roles', [], () => goToSection('settings', 'agents')),
    mayAdministrate.value && place('queues', 'Queues and hours', [], () => goToSection('settings', 'queues')),
    mayAdministrate.value && place('keys-page', 'API keys', [], () => goToSection('settings', 'keys')),
    availability.value !== 'online' && place('online', 'Go online', [], () => setAvailability('online')),
    availability.value !== 'away' && place('away', 'Go away', [], () => setAvailability('away')),
    place('keys', 'Keyboard shortcuts', ['?'], () => (shortcutsDialogIsOpen.value = true)),
    place('theme', 'Change between light and dark', [], changeTheme),
  ];
  return places.filter((each) => each !== false);
}

function changeTheme(): void {
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)').matches;
  theme.value = theme.value === 'dark' || (theme.value === 'system' && systemIsDark) ? 'light' : 'dark';
}

function writeIn(id: string, mode: 'reply' | 'note'): void {
  if (openConversation.value !== id) goTo(id);
  focusComposer(id, mode);
}

function action(key: string, label: string, keys: readonly string[], act: () => void): PaletteItem {
  return { key, group: 'This conversation', label, keys, act };
}

/** Opens the next list in the same bar. */
function choice(mode: PaletteMode, label: string, keys: readonly string[], targets: readonly string[]): PaletteItem {
  return { ...action(mode, label, keys, () => openPalette(mode, targets)), stays: true };
}

function place(key: string, label: string, keys: readonly string[], act: () => void): PaletteItem {
  return { key, group: 'Desk', label, keys, act };
}
