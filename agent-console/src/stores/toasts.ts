import { signal } from '@preact/signals';

export interface ToastAction {
  label: string;
  act: () => void;
}

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
  action?: ToastAction | undefined;
}

interface ToastOptions {
  tone?: Toast['tone'];
  action?: ToastAction;
  /** How long it stays. */
  ms?: number;
}

const SHOWN_MS = 6000;

export const toasts = signal<readonly Toast[]>([]);

let lastId = 0;

/** Says something for a few seconds, also to screen readers. The same words are not repeated. */
export function showToast(text: string, { tone = 'plain', action, ms = SHOWN_MS }: ToastOptions = {}): number {
  const same = toasts.value.find((toast) => toast.text === text && !toast.action);
  if (same && !action) return same.id;
  const id = ++lastId;
  toasts.value = [...toasts.value, { id, text, tone, action }];
  setTimeout(() => dismissToast(id), ms);
  return id;
}

export function complain(text: string): void {
  showToast(text, { tone: 'bad' });
}

export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
