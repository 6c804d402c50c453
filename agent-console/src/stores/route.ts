import { signal } from '@preact/signals';

/** The parts of the console. */
export type Section = 'inbox' | 'team' | 'insights' | 'settings';

const SECTIONS: readonly string[] = ['inbox', 'team', 'insights', 'settings'];

export const section = signal<Section>('inbox');

/** The conversation that is open, as the address says: `#/inbox/ID`. */
export const openConversation = signal<string | null>(null);

/** The message that a copied link points at: `#/inbox/ID/SEQ`. */
export const linkedMessage = signal<number | null>(null);

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

/** The address of a message, to be pasted into a note or a mail. */
export function linkTo(conversation: string, seq: number): string {
  return `${location.origin}${location.pathname}#/inbox/${conversation}/${seq}`;
}

function visit(hash: string): void {
  if (location.hash !== hash) history.pushState(null, '', hash);
  read();
}

function read(): void {
  const [named = '', id = '', seq = ''] = location.hash.replace(/^#\/?/, '').split('/');
  const place = SECTIONS.includes(named) ? (named as Section) : 'inbox';
  section.value = place;
  openConversation.value = place === 'inbox' && id !== '' ? id : null;
  linkedMessage.value = place === 'inbox' && seq !== '' ? Number(seq) : null;
  settingsPage.value = place === 'settings' ? id : '';
}
