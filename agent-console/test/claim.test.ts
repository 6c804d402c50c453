import { beforeEach, expect, test } from 'vitest';
import type { AgentChange, ErrorCode, ErrorFrame } from 'web-shared/protocol/frames.ts';

import { claim, editAgain, resolve, tryAgain, write } from '../src/commands.ts';
import { changes, closeChanges, openChanges } from '../src/stores/changes.ts';
import { conversation, forgetConversations } from '../src/stores/conversations.ts';
import { draft, openDrafts } from '../src/stores/drafts.ts';
import { sendAllHeld } from '../src/stores/held.ts';
import { handleFrame } from '../src/stores/frames.ts';
import { holderOf } from '../src/stores/holder.ts';
import { forgetQueue, mine, queueArrived, waiting } from '../src/stores/queue.ts';
import { entry, events, says } from './fixtures.ts';

let sent: AgentChange[] = [];
let refused: ErrorFrame[] = [];

beforeEach(() => {
  localStorage.clear();
  closeChanges();
  forgetQueue();
  forgetConversations();
  [sent, refused] = [[], []];
  openDrafts('maya', Date.now());
  openChanges({
    agent: 'maya',
    send: (frame) => (sent.push(frame), true),
    onRefused: (_, error) => refused.push(error),
  });
  queueArrived({ entries: [entry('c1'), entry('c2')], total: 2, mine: [] });
});

const ids = (entries: readonly { conversation: string }[]) => entries.map((each) => each.conversation);
const refuse = (frame: AgentChange, code: ErrorCode) =>
  handleFrame({ type: 'error', code, message: code, client_id: frame.client_id });

test('a claim shows at once', () => {
  claim('c1');
  expect(ids(waiting.value)).toEqual(['c2']);
  expect(ids(mine.value)).toEqual(['c1']);
  expect(holderOf('c1')).toMatchObject({ isMine: true, canBeClaimed: false });
});

test('a refused claim is taken back', () => {
  claim('c1');
  refuse(sent[0]!, 'already_claimed');
  expect(ids(waiting.value)).toEqual(['c1', 'c2']);
  expect(ids(mine.value)).toEqual([]);
  expect(refused).toMatchObject([{ code: 'already_claimed' }]);
});

test('between the receipt and the next queue frame the row does not go back', () => {
  claim('c1');
  const [claimed] = events({ kind: 'claimed', agent: { name: 'Maya' }, client_id: sent[0]!.client_id });
  handleFrame({ type: 'event', ...claimed! });
  expect(ids(mine.value)).toEqual(['c1']);
  queueArrived({ entries: [entry('c2')], total: 1, mine: [entry('c1', { status: 'with_agent' })] });
  expect(ids(mine.value)).toEqual(['c1']);
  expect(changes.value).toEqual([]);
});

test('resolving takes a row out of mine, and a refusal puts it back', () => {
  queueArrived({ entries: [], total: 0, mine: [entry('c1', { status: 'with_agent' })] });
  resolve(['c1']);
  expect(ids(mine.value)).toEqual([]);
  sendAllHeld();
  refuse(sent[0]!, 'not_owner');
  expect(ids(mine.value)).toEqual(['c1']);
});

test('a reply to one who waits claims first', () => {
  write('c1', 'reply', 'Hello');
  expect(sent.map((frame) => frame.type)).toEqual(['claim', 'reply']);
});

test('a note to one who waits claims nothing', () => {
  write('c1', 'note', 'Known customer');
  expect(sent.map((frame) => frame.type)).toEqual(['note']);
});

test('a refused reply keeps its words: to send again under a new id, or to edit where it was written', () => {
  queueArrived({ entries: [], total: 0, mine: [entry('c1', { status: 'with_agent' })] });
  write('c1', 'reply', 'My words');
  refuse(sent[0]!, 'not_owner');
  expect(changes.value).toMatchObject([{ state: 'failed', frame: { text: 'My words' } }]);
  tryAgain(sent[0]!.client_id);
  expect(sent[1]).toMatchObject({ type: 'reply', text: 'My words' });
  expect(sent[1]!.client_id).not.toBe(sent[0]!.client_id);
  refuse(sent[1]!, 'not_owner');
  editAgain(sent[1]!.client_id);
  expect(draft('c1', 'reply').value).toBe('My words');
  expect(changes.value).toEqual([]);
});

test('a note is confirmed by its own frame', () => {
  write('c1', 'note', 'Known customer');
  handleFrame({
    type: 'note', conversation: 'c1', number: 1, at: '2026-11-23T14:00:00Z', after: 0, author: 'Maya',
    text: 'Known customer', client_id: sent[0]!.client_id,
  });
  expect(changes.value).toEqual([]);
  expect(conversation('c1').value.notes).toHaveLength(1);
});

test('what was not confirmed before a reload is there after it', () => {
  write('c1', 'note', 'Known customer');
  closeChanges();
  expect(changes.value).toEqual([]);
  openChanges({ agent: 'maya', send: () => true, onRefused: () => {} });
  expect(changes.value).toMatchObject([{ state: 'sending', frame: { text: 'Known customer' } }]);
});

test('who has a conversation follows from its events when the lists do not know it', () => {
  const happened = events(
    says('visitor', 'hi'),
    { kind: 'escalated', reason: 'angry' },
    { kind: 'claimed', agent: { name: 'Tom' } },
  );
  for (const event of happened) handleFrame({ type: 'event', ...event, conversation: 'c9' });
  expect(holderOf('c9')).toEqual({ status: 'with_agent', isMine: false, canBeClaimed: false, agent: 'Tom' });
});
