import { resolve } from '../commands.ts';
import { goTo, openConversation } from '../stores/route.ts';

/** The rows that are on the screen, in their order. */
function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-conversation]')];
}

function idOf(row: HTMLElement | undefined): string | null {
  return row?.dataset.conversation ?? null;
}

/** Goes to the next or the previous row, from the one with the focus or the open one. */
export function moveInList(step: 1 | -1): void {
  const all = rows();
  const focused = all.indexOf(document.activeElement as HTMLElement);
  const at = focused >= 0 ? focused : all.findIndex((row) => idOf(row) === openConversation.value);
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step;
  all[Math.min(Math.max(next, 0), all.length - 1)]?.focus();
}

/** The conversation that a key means: the row with the focus, else the open one. */
export function meantConversation(): string | null {
  const focused = document.activeElement?.closest<HTMLElement>('[data-conversation]');
  return idOf(focused ?? undefined) ?? openConversation.value;
}

/** Resolves, and opens what stands next in the list. */
export function resolveAndGoOn(id: string): void {
  const all = rows().map(idOf);
  const at = all.indexOf(id);
  const next = at < 0 ? null : (all[at + 1] ?? all[at - 1] ?? null);
  resolve(id);
  if (openConversation.value === id && next) goTo(next);
}
