import { signal } from '@preact/signals';

import { best } from '../fuzzy.ts';
import { request } from './http.ts';

/** A prepared text, and its name. */
export interface CannedResponse {
  shortcut: string;
  title: string;
  text: string;
  id: string;
  /** A file beside the articles, which only editors change; everybody's; or this agent's own. */
  source: 'file' | 'team' | 'personal';
  /** How often it was used. */
  uses: number;
}

/** The prepared texts; empty where the server has none to offer. */
export const canned = signal<readonly CannedResponse[]>([]);

export async function loadCanned(): Promise<void> {
  const answer = await request<unknown>('GET', '/api/v1/canned');
  canned.value = answer.ok && Array.isArray(answer.value) ? answer.value.filter(isCanned) : [];
}

/** Those that fit, the shortcut's matches first, of equals the most used. */
export function findCanned(all: readonly CannedResponse[], search: string): CannedResponse[] {
  const byUse = [...all].sort(
    (one, other) => other.uses - one.uses || one.shortcut.localeCompare(other.shortcut),
  );
  return best(byUse, search, ({ shortcut, title, text }) => [shortcut, title, text]);
}

/** Fills in what is known; what is not stays visible, to be written over. */
export function fillCanned(text: string, known: Readonly<Record<string, string | undefined>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => known[name] ?? whole);
}

/** Where the next gap begins and ends, if there is one at or after `from`: `{{part}}` or `[part]`. */
export function nextGap(text: string, from = 0): [number, number] | null {
  return find(GAP, text, from);
}

/** A place holder that was never filled in. Brackets alone may be meant as they are. */
export function unfilled(text: string): [number, number] | null {
  return find(PLACEHOLDER, text, 0);
}

function find(pattern: RegExp, text: string, from: number): [number, number] | null {
  const match = new RegExp(pattern.source, 'g');
  match.lastIndex = from;
  const found = match.exec(text);
  return found && [found.index, found.index + found[0].length];
}

const PLACEHOLDER = /\{\{\s*([\w.]+)\s*\}\}/g;
/** Not the text of a link. */
const GAP = /\{\{\s*[\w.]+\s*\}\}|\[[^\]\n]{1,40}\](?!\()/;

function isCanned(value: unknown): value is CannedResponse {
  const { shortcut, title, text } = (value ?? {}) as Partial<CannedResponse>;
  return [shortcut, title, text].every((field) => typeof field === 'string');
}
