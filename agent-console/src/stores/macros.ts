import { signal } from '@preact/signals';

import { request, type Problem } from './http.ts';

/** One thing that a macro does. */
export type MacroStep =
  | { type: 'reply' | 'note'; text: string }
  | { type: 'tag'; tag: string }
  | { type: 'assign'; to: { kind: 'agent' | 'queue'; id: string; name: string } }
  | { type: 'snooze'; minutes: number }
  | { type: 'resolve' };

/** Several acts in one. */
export interface Macro {
  id: string;
  name: string;
  steps: readonly MacroStep[];
  /** What it does, in words. */
  summary: string;
}

const PATH = '/api/v1/macros';

export const macros = signal<readonly Macro[]>([]);

export async function loadMacros(): Promise<void> {
  const answer = await request<Omit<Macro, 'summary'>[]>('GET', PATH);
  if (answer.ok && Array.isArray(answer.value)) {
    macros.value = answer.value.map((macro) => ({ ...macro, summary: macro.steps.map(stepWords).join(', ') }));
  }
}

/** Keeps a new or a changed one. */
export async function saveMacro({ id, ...fields }: Pick<Macro, 'name' | 'steps'> & { id?: string | undefined }): Promise<Problem | null> {
  const answer = id ? await request('PUT', `${PATH}/${id}`, fields) : await request('POST', PATH, fields);
  if (!answer.ok) return answer.problem;
  await loadMacros();
  return null;
}

export async function removeMacro(id: string): Promise<Problem | null> {
  const answer = await request('DELETE', `${PATH}/${id}`);
  if (!answer.ok) return answer.problem;
  macros.value = macros.value.filter((macro) => macro.id !== id);
  return null;
}

export function stepWords(step: MacroStep): string {
  switch (step.type) {
    case 'reply':
      return `reply “${short(step.text)}”`;
    case 'note':
      return `note “${short(step.text)}”`;
    case 'tag':
      return `tag ${step.tag}`;
    case 'assign':
      return `hand over to ${step.to.name}`;
    case 'snooze':
      return `snooze for ${step.minutes} minutes`;
    case 'resolve':
      return 'resolve';
  }
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
