import { signal } from '@preact/signals';

import { meantConversation } from '../list/moves.ts';
import { selection } from '../stores/selection.ts';

/** What the command bar offers: everything, or the choices for one act. */
export type PaletteMode = 'all' | 'snooze' | 'assign' | 'tag' | 'macro' | 'article';

export interface PaletteState {
  mode: PaletteMode;
  /** The conversations that the choice is for. */
  targets: readonly string[];
}

export const palette = signal<PaletteState | null>(null);

/** Opens the command bar for what is selected, else for what the keys mean. */
export function openPalette(mode: PaletteMode, targets: readonly string[] = meantTargets()): void {
  if (mode !== 'all' && targets.length === 0) return;
  palette.value = { mode, targets };
}

/** Closes the bar; not one that was opened since, for browsers tell late that a dialog closed. */
export function closePalette(opened: PaletteState | null = palette.peek()): void {
  if (palette.peek() === opened) palette.value = null;
}

export function meantTargets(): readonly string[] {
  if (selection.value.size > 0) return [...selection.value];
  const meant = meantConversation();
  return meant ? [meant] : [];
}
