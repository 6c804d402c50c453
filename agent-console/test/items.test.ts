import { expect, test } from 'vitest';
import type { EventFrame, NoteView } from 'web-shared/protocol/frames.ts';

import { botPartSummary } from '../src/transcript/bot-part-summary.ts';
import { transcriptItems, type Item } from '../src/transcript/items.ts';
import { events, note, says } from './fixtures.ts';

const SOURCE = { sources: [{ article: 'returns', title: 'Returns', url: '/help/returns' }] };
const maya = { agent: { name: 'Maya' } };

function kinds(all: EventFrame[], notes: NoteView[] = []): string[] {
  return transcriptItems({ events: all, notes, changes: [] }).map(name).filter((each) => each !== 'day');
}

function name(item: Item): string {
  if (item.kind === 'messages') return item.messages.map(({ event }) => event.text).join('+');
  return item.kind === 'note' ? item.note.text : item.kind;
}

const handedOver = events(
  says('visitor', 'can I return it'),
  says('bot', 'within 30 days', SOURCE),
  { kind: 'answer_rated', answer: 2, helpful: false },
  { kind: 'escalated', reason: 'not_helpful' },
  says('system', 'a person comes'),
  { kind: 'claimed', ...maya },
  says('agent', 'hello'),
  says('agent', 'how can I help'),
);

function itemOf<K extends Item['kind']>(kind: K): Extract<Item, { kind: K }> | undefined {
  const items = transcriptItems({ events: handedOver, notes: [], changes: [] });
  return items.find((item): item is Extract<Item, { kind: K }> => item.kind === kind);
}

test('the bot part is folded, the divider knows who claimed, and replies in a row stand together', () => {
  expect(kinds(handedOver)).toEqual(['bot_part', 'handover', 'a person comes', 'hello+how can I help']);
  const handover = itemOf('handover');
  expect(handover).toMatchObject({ reason: 'not_helpful', claimed: { by: 'Maya' } });
});

test('the question that a person must answer stays visible', () => {
  const part = itemOf('bot_part');
  expect(part).toMatchObject({ asked: { event: { text: 'can I return it' } } });
});

test('a part says what the bot showed and what became of it', () => {
  const part = itemOf('bot_part');
  expect(part && botPartSummary(part.messages)).toEqual({
    count: 'Bot, 1 message.',
    outcome: 'Showed “Returns”, marked wrong',
  });
});

test('notes stand after the event that they were written after, never inside a folded part', () => {
  expect(kinds(handedOver, [note(1, 1), note(2, 7)])).toEqual([
    'bot_part', 'Note 1', 'handover', 'a person comes', 'hello', 'Note 2', 'how can I help',
  ]);
});

test('without a word from the bot there is nothing to fold', () => {
  const asked = events(says('visitor', 'hi'), { kind: 'escalated', reason: 'asked_for_agent' });
  expect(kinds(asked)).toEqual(['hi', 'handover']);
});

test('while the bot has the conversation nothing is folded', () => {
  expect(kinds(events(says('visitor', 'hi'), says('bot', 'hello')))).toEqual(['hi', 'hello']);
});

test('given back and handed over again makes a second part', () => {
  const again = events(
    says('visitor', 'a'), says('bot', 'b'), { kind: 'escalated', reason: 'angry' }, { kind: 'claimed', ...maya },
    { kind: 'given_back' }, says('visitor', 'c'), says('bot', 'd'), { kind: 'escalated', reason: 'repeated' },
  );
  expect(kinds(again)).toEqual(['bot_part', 'handover', 'happened', 'bot_part', 'handover']);
});

test('a second claim is a line of its own', () => {
  const released = events(
    { kind: 'escalated', reason: 'angry' },
    { kind: 'claimed', ...maya },
    { kind: 'released' },
    { kind: 'claimed', agent: { name: 'Tom' } },
  );
  expect(kinds(released)).toEqual(['handover', 'happened', 'happened']);
});
