import { dismissToast, showToast } from './toasts.ts';

/** For how long something can be taken back. */
export const UNDO_MS = 8000;

interface Undoable {
  toast: number;
  undo: () => void;
}

let last: Undoable | null = null;

/** Says what was done and offers to take it back, with a click or `Z`. */
export function offerUndo(text: string, undo: () => void, ms = UNDO_MS): void {
  const act = () => {
    if (last?.undo === undo) last = null;
    dismissToast(toast);
    undo();
  };
  const toast = showToast(text, { action: { label: 'Undo', act }, ms });
  last = { toast, undo };
  setTimeout(() => {
    if (last?.undo === undo) last = null;
  }, ms);
}

/** Takes back what was done last, if that is not too long ago. */
export function undoLast(): void {
  if (!last) return void showToast('There is nothing to undo.');
  const { toast, undo } = last;
  last = null;
  dismissToast(toast);
  undo();
}
