import { beforeEach, expect, test } from 'vitest';

import {
  conversation, emptyConversation, eventArrived, forgetConversations, noteArrived, withNote,
} from '../src/stores/conversations.ts';
import { holderOf } from '../src/stores/holder.ts';
import { events, note, says } from './fixtures.ts';

beforeEach(forgetConversations);

test('events are kept once and in order; a gap is noticed', () => {
  const [first, second, third] = events(says('visitor', 'a'), says('bot', 'b'), says('visitor', 'c'));
  for (const event of [first!, second!, first!]) eventArrived(event);
  expect(conversation('c1').value.lastSeq).toBe(2);
  expect(conversation('c1').value.isBehind).toBe(false);
  forgetConversations();
  for (const event of [first!, third!]) eventArrived(event);
  expect(conversation('c1').value).toMatchObject({ lastSeq: 1, isBehind: true });
});

test('notes are ordered by number, each once, however they arrive', () => {
  const state = [note(2, 3), note(1, 1), note(2, 3)].reduce(withNote, emptyConversation('c1'));
  expect(state.notes.map((each) => each.number)).toEqual([1, 2]);
});

test('a note changes no event number', () => {
  eventArrived(events(says('visitor', 'a'))[0]!);
  noteArrived(note(1, 1));
  expect(conversation('c1').value).toMatchObject({ lastSeq: 1, isBehind: false });
});

test('while nothing has come of a conversation, nobody is offered to claim it', () => {
  expect(holderOf('not-here-yet')).toEqual({ status: 'unknown', isMine: false, canBeClaimed: false });
});
