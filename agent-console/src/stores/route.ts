import { signal } from '@preact/signals';

/** The conversation that is open, as the address says: `#/inbox/ID`. */
export const openConversation = signal<string | null>(null);

/** Follows the address; returns how to stop. */
export function startRoute(): () => void {
  const read = () => {
    openConversation.value = /^#\/inbox\/(.+)$/.exec(location.hash)?.[1] ?? null;
  };
  read();
  window.addEventListener('hashchange', read);
  return () => window.removeEventListener('hashchange', read);
}

/** Opens a conversation, or goes back to the list with `null`. */
export function goTo(conversation: string | null): void {
  if (conversation === openConversation.value) return;
  openConversation.value = conversation;
  const hash = conversation === null ? '#/inbox' : `#/inbox/${conversation}`;
  if (location.hash !== hash) history.pushState(null, '', hash);
}
