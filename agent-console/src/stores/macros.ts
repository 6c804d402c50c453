import { signal } from '@preact/signals';

import { agentName } from './presence.ts';
import { request, type Problem } from './http.ts';
import { queueTitle } from './queues.ts';

/** Several acts in one; what is absent is not done. */
export interface MacroFields {
  name: string;
  /** This agent's own; else the team's. */
  personal: boolean;
  reply?: string | null;
  tags: readonly string[];
  /** To an agent, */
  assign?: string | null;
  /** or to a queue. */
  queue?: string | null;
  snooze_s?: number | null;
  resolve: boolean;
}

export type Macro = MacroFields & { id: string };

const PATH = '/api/v1/macros';
const MINUTE_S = 60;

export const macros = signal<readonly Macro[]>([]);

export async function loadMacros(): Promise<void> {
  const answer = await request<Macro[]>('GET', PATH);
  if (answer.ok && Array.isArray(answer.value)) macros.value = answer.value;
}

/** Keeps a new or a changed one. */
export async function saveMacro(id: string | undefined, { name, personal, ...steps }: MacroFields): Promise<Problem | null> {
  const fields = { name, personal, steps };
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

/** What it does, in words. */
export function macroWords({ reply, tags, assign, queue, snooze_s, resolve }: MacroFields): string {
  const words = [
    reply && `reply “${short(reply)}”`,
    tags.length > 0 && `tag ${tags.join(', ')}`,
    assign && `hand over to ${agentName(assign)}`,
    queue && `hand over to ${queueTitle(queue)}`,
    snooze_s && `snooze for ${Math.round(snooze_s / MINUTE_S)} minutes`,
    resolve && 'resolve',
  ];
  return words.filter(Boolean).join(', ');
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
