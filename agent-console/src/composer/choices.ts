import { best } from '../fuzzy.ts';
import { canned, fillCanned, findCanned } from '../stores/canned.ts';
import type { Mode } from '../stores/drafts.ts';
import { agents, me } from '../stores/presence.ts';
import { entryOf } from '../stores/queue.ts';
import { AVAILABILITY } from '../words.ts';

/** Something that the composer offers while somebody writes. */
export interface Choice {
  key: string;
  title: string;
  detail: string;
  /** What takes the place of the word. */
  text: string;
  preview?: string;
  /** A canned response that keeps count of its uses. */
  cannedId?: string | undefined;
}

const MOST = 30;

/** What the sign asks for in a mode: canned responses in a reply, colleagues in a note. */
export const TRIGGER: Readonly<Record<Mode, '/' | '@'>> = { reply: '/', note: '@' };

export function choicesFor(mode: Mode, conversation: string, search: string): Choice[] {
  return (mode === 'reply' ? cannedChoices(conversation, search) : colleagues(search)).slice(0, MOST);
}

/** The values that canned responses may name. */
export function knownValues(conversation: string): Readonly<Record<string, string | undefined>> {
  const visitor = entryOf(conversation)?.visitor;
  return {
    'visitor.name': visitor?.name,
    'visitor.first_name': visitor?.name?.trim().split(/\s+/)[0],
    'visitor.email': visitor?.email,
    'agent.name': me.value?.name,
    'agent.first_name': me.value?.name.trim().split(/\s+/)[0],
  };
}

function cannedChoices(conversation: string, search: string): Choice[] {
  const known = knownValues(conversation);
  return findCanned(canned.value, search).map((one) => {
    const text = fillCanned(one.text, known);
    const detail = one.source === 'personal' ? `${one.title}, only yours` : one.title;
    return { key: one.id, title: `/${one.shortcut}`, detail, text, preview: text, cannedId: one.id };
  });
}

function colleagues(search: string): Choice[] {
  const others = agents.value.filter((agent) => agent.id !== me.value?.id);
  return best(others, search, ({ name, email }) => [name, email]).map(({ id, name, availability }) => ({
    key: id,
    title: name,
    detail: AVAILABILITY[availability],
    text: `@${name} `,
  }));
}
