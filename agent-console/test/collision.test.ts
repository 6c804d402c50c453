import { beforeEach, expect, test } from 'vitest';

import { newReplyOf, readNewReply } from '../src/composer/collision.ts';
import { eventArrived, forgetConversations } from '../src/stores/conversations.ts';
import { draft, noteDraft, openDrafts, writeDraft } from '../src/stores/drafts.ts';
import { events, says } from './fixtures.ts';

const [asked, answered, asksAgain] = events(
  says('visitor', 'can I return it'),
  says('agent', 'Yes, within 30 days', { author: { kind: 'agent', name: 'Tom' } }),
  says('visitor', 'thanks'),
);

beforeEach(() => {
  localStorage.clear();
  forgetConversations();
  openDrafts('maya', Date.now());
});

test('a reply that was there before the draft was begun is no news', () => {
  for (const event of [asked!, answered!]) eventArrived(event);
  writeDraft('c1', 'reply', 'I think');
  expect(newReplyOf('c1')).toBeNull();
});

test('a colleague’s reply that lands meanwhile is shown until it is read; a visitor’s message is not', () => {
  eventArrived(asked!);
  writeDraft('c1', 'reply', 'I think');
  eventArrived(answered!);
  expect(newReplyOf('c1')).toMatchObject({ text: 'Yes, within 30 days' });
  readNewReply('c1');
  eventArrived(asksAgain!);
  expect(newReplyOf('c1')).toBeNull();
});

test('it is shown after a reload too', () => {
  eventArrived(asked!);
  writeDraft('c1', 'reply', 'I think');
  openDrafts('maya', Date.now());
  eventArrived(answered!);
  expect(newReplyOf('c1')).toMatchObject({ seq: 2 });
});

test('without a draft there is nothing to collide with', () => {
  for (const event of [asked!, answered!]) eventArrived(event);
  expect(newReplyOf('c1')).toBeNull();
});

test('a draft of another screen comes in, but never over what was written here', () => {
  noteDraft('c1', 'reply', 'from the phone');
  expect(draft('c1', 'reply').value).toBe('from the phone');
  writeDraft('c1', 'note', 'written here');
  noteDraft('c1', 'note', 'from the phone');
  expect(draft('c1', 'note').value).toBe('written here');
});
