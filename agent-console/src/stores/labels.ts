import { signal } from '@preact/signals';

import { request } from './http.ts';
import { complain } from './toasts.ts';

/** Which article an agent named as the right one, by conversation. */
const labelled = signal<ReadonlyMap<string, string>>(new Map());

/** The questions that were flagged: conversation and number. */
const flagged = signal<ReadonlySet<string>>(new Set());

export function labelFor(conversation: string): string | undefined {
  return labelled.value.get(conversation);
}

export function isFlagged(conversation: string, seq: number): boolean {
  return flagged.value.has(`${conversation}/${seq}`);
}

/** A question that an agent labelled. */
export interface LabelledQuestion {
  text: string;
  /** The right article; none where there is no such article. */
  gold: readonly string[];
  conversation: string;
  seq: number;
  by: string;
  at: string;
}

export async function listLabels(): Promise<readonly LabelledQuestion[]> {
  const answer = await request<LabelledQuestion[]>('GET', '/api/v1/labels');
  return answer.ok ? answer.value : [];
}

/** Says which article would have been right for a question. */
export async function labelAnswer(conversation: string, seq: number, article: string): Promise<void> {
  const before = labelled.value;
  labelled.value = new Map(before).set(conversation, article);
  if (!(await send(conversation, { seq, article }))) labelled.value = before;
}

/** Says that no article answers a question. */
export async function flagGap(conversation: string, seq: number): Promise<void> {
  const before = flagged.value;
  flagged.value = new Set(before).add(`${conversation}/${seq}`);
  if (!(await send(conversation, { seq, article: null }))) flagged.value = before;
}

async function send(conversation: string, label: { seq: number; article: string | null }): Promise<boolean> {
  const answer = await request('POST', `/api/v1/conversations/${conversation}/labels`, label);
  if (!answer.ok) complain(answer.problem.message);
  return answer.ok;
}
