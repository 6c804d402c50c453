import { claim, resolve } from '../commands.ts';
import { holderOf } from '../stores/holder.ts';
import { goTo, openConversation } from '../stores/route.ts';
import { clearSelection } from '../stores/selection.ts';

/** The rows that are on the screen, in their order. */
function rows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-conversation]')];
}

function idOf(row: HTMLElement | undefined): string | null {
  return row?.dataset.conversation ?? null;
}

/** The conversations of the list as it stands. */
export function listedIds(): string[] {
  return rows().flatMap((row) => idOf(row) ?? []);
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

/** The row moves in this frame; what is opened is drawn in the next. */
export function claimAndOpen(id: string): void {
  claim(id);
  requestAnimationFrame(() => setTimeout(() => goTo(id)));
}

/** Opens what stands next in the list, before these leave it. */
export function leaveList(leaving: readonly string[]): void {
  const open = openConversation.value;
  if (open === null || !leaving.includes(open)) return;
  const all = listedIds();
  const at = all.indexOf(open);
  const isStaying = (id: string) => !leaving.includes(id) && holderOf(id).isMine;
  const next = all.slice(at + 1).find(isStaying) ?? all.slice(0, Math.max(at, 0)).findLast(isStaying);
  if (next) goTo(next);
}

/** Resolves what is this agent's, and opens what stands next. */
export function resolveAll(ids: readonly string[]): void {
  const own = ids.filter((id) => holderOf(id).isMine);
  if (own.length === 0) return;
  leaveList(own);
  resolve(own);
  clearSelection();
}
