import { signal } from '@preact/signals';

/** The parts of the console. */
export type Section = 'inbox' | 'team' | 'insights' | 'settings';

const SECTIONS: readonly string[] = ['inbox', 'team', 'insights', 'settings'];
const CONTEXT = 'about';
/** What was opened here can be gone back from, without leaving a second entry in the history. */
const STEP = { isStep: true };

export const section = signal<Section>('inbox');

/** The conversation that is open, as the address says: `#/inbox/ID`. */
export const openConversation = signal<string | null>(null);

/** The message that a copied link points at: `#/inbox/ID/SEQ`. */
export const linkedMessage = signal<number | null>(null);

/** Whether the context lies over the conversation, on screens without room beside it: `#/inbox/ID/about`. */
export const contextIsOpen = signal(false);

/** Which page of the settings: `#/settings/PAGE`. */
export const settingsPage = signal('');

/** Follows the address; returns how to stop. */
export function startRoute(): () => void {
  read();
  window.addEventListener('hashchange', read);
  window.addEventListener('popstate', read);
  return () => {
    window.removeEventListener('hashchange', read);
    window.removeEventListener('popstate', read);
  };
}

/** Opens a conversation, or goes back to the list with `null`. */
export function goTo(conversation: string | null): void {
  visit(conversation === null ? '#/inbox' : `#/inbox/${conversation}`);
}

export function goToSection(to: Section, page = ''): void {
  visit(page === '' ? `#/${to}` : `#/${to}/${page}`);
}

/** Shows the context of the open conversation; the browser's back button hides it again. */
export function showContext(): void {
  const open = openConversation.peek();
  if (open === null || contextIsOpen.peek()) return;
  history.pushState(STEP, '', `#/inbox/${open}/${CONTEXT}`);
  read();
}

export function hideContext(): void {
  const open = openConversation.peek();
  if (!contextIsOpen.peek() || open === null) return;
  contextIsOpen.value = false;
  if (history.state?.isStep) history.back();
  else history.replaceState(null, '', `#/inbox/${open}`);
}

/** The address of a message, to be pasted into a note or a mail. */
export function linkTo(conversation: string, seq: number): string {
  return `${location.origin}${location.pathname}#/inbox/${conversation}/${seq}`;
}

function visit(hash: string): void {
  if (location.hash !== hash) history.pushState(null, '', hash);
  read();
}

function read(): void {
  const [named = '', id = '', part = ''] = location.hash.replace(/^#\/?/, '').split('/');
  const place = SECTIONS.includes(named) ? (named as Section) : 'inbox';
  section.value = place;
  openConversation.value = place === 'inbox' && id !== '' ? id : null;
  linkedMessage.value = place === 'inbox' && /^\d+$/.test(part) ? Number(part) : null;
  contextIsOpen.value = openConversation.value !== null && part === CONTEXT;
  settingsPage.value = place === 'settings' ? id : '';
}
