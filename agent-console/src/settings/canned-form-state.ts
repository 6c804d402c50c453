import { signal } from '@preact/signals';

import type { CannedDraft } from '../stores/canned-edits.ts';

/** The canned response that is being written; none when the form is closed. */
export const cannedForm = signal<CannedDraft | null>(null);

export function openCannedForm(fields: Partial<CannedDraft>): void {
  cannedForm.value = { shortcut: '', title: '', text: '', personal: true, ...fields };
}
