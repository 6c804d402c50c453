import { signal } from '@preact/signals';

export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'bad';
}

const SHOWN_MS = 6000;

export const toasts = signal<readonly Toast[]>([]);

let lastId = 0;

/** Says something for a few seconds, also to screen readers. The same words are not repeated. */
export function showToast(text: string, tone: Toast['tone'] = 'plain'): void {
  if (toasts.value.some((toast) => toast.text === text)) return;
  const id = ++lastId;
  toasts.value = [...toasts.value, { id, text, tone }];
  setTimeout(() => dismissToast(id), SHOWN_MS);
}

export function dismissToast(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
