import { signal } from '@preact/signals';

import { request } from './http.ts';

/** A prepared text, and its name. */
export interface CannedResponse {
  shortcut: string;
  title: string;
  text: string;
}

/** The prepared texts; empty where the server has none to offer. */
export const canned = signal<readonly CannedResponse[]>([]);

export async function loadCanned(): Promise<void> {
  const answer = await request<unknown>('GET', '/api/v1/canned');
  canned.value = answer.ok && Array.isArray(answer.value) ? answer.value.filter(isCanned) : [];
}

/** Those whose shortcut, title or text has every word, the shortcut's matches first. */
export function findCanned(all: readonly CannedResponse[], search: string): CannedResponse[] {
  const words = search.toLowerCase().split(/[\s-]+/).filter(Boolean);
  const rank = (one: CannedResponse) => (one.shortcut.toLowerCase().startsWith(search.toLowerCase()) ? 0 : 1);
  return all
    .filter((one) => words.every((word) => `${one.shortcut} ${one.title} ${one.text}`.toLowerCase().includes(word)))
    .sort((one, other) => rank(one) - rank(other) || one.shortcut.localeCompare(other.shortcut));
}

/** Fills in what is known; what is not stays visible, to be written over. */
export function fillCanned(text: string, known: Readonly<Record<string, string | undefined>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => known[name] ?? whole);
}

/** Where the next gap begins and ends, if there is one at or after `from`. */
export function nextGap(text: string, from = 0): [number, number] | null {
  const match = new RegExp(PLACEHOLDER.source, 'g');
  match.lastIndex = from;
  const found = match.exec(text);
  return found && [found.index, found.index + found[0].length];
}

const PLACEHOLDER = /\{\{\s*([\w.]+)\s*\}\}/g;

function isCanned(value: unknown): value is CannedResponse {
  const { shortcut, title, text } = (value ?? {}) as Partial<CannedResponse>;
  return [shortcut, title, text].every((field) => typeof field === 'string');
}
