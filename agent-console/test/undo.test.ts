import { beforeEach, expect, test, vi } from 'vitest';
import type { AgentChange } from 'web-shared/protocol/frames.ts';

import { resolve, snooze, write } from '../src/commands.ts';
import { closeChanges, openChanges } from '../src/stores/changes.ts';
import { forgetConversations } from '../src/stores/conversations.ts';
import { draft, openDrafts } from '../src/stores/drafts.ts';
import { handleFrame } from '../src/stores/frames.ts';
import { openHeld, sendAllHeld } from '../src/stores/held.ts';
import { sendDelayS } from '../src/stores/preferences.ts';
import { forgetQueue, mine, queueArrived } from '../src/stores/queue.ts';
import { toasts } from '../src/stores/toasts.ts';
import { undoLast, UNDO_MS } from '../src/stores/undo.ts';
import { entry, events, says } from './fixtures.ts';

let sent: AgentChange[] = [];
const ids = () => mine.value.map((each) => each.conversation);
const types = () => sent.map((frame) => frame.type);

beforeEach(() => {
  vi.useFakeTimers();
  sendAllHeld();
  localStorage.clear();
  closeChanges();
  forgetQueue();
  forgetConversations();
  sendDelayS.value = 0;
  sent = [];
  openDrafts('maya', Date.now());
  openChanges({ agent: 'maya', send: (frame) => (sent.push(frame), true), onRefused: () => {} });
  openHeld('maya');
  queueArrived({ entries: [], total: 0, mine: ['c1', 'c2', 'c3'].map((id) => entry(id, { status: 'with_agent' })) });
});

test('resolving shows at once and is sent when it can no longer be undone', () => {
  resolve(['c1']);
  expect(ids()).toEqual(['c2', 'c3']);
  expect(sent).toEqual([]);
  vi.advanceTimersByTime(UNDO_MS);
  expect(types()).toEqual(['resolve']);
});

test('what is undone was never sent, for one or for many', () => {
  resolve(['c1', 'c2']);
  undoLast();
  vi.advanceTimersByTime(UNDO_MS);
  expect(ids()).toEqual(['c1', 'c2', 'c3']);
  expect(sent).toEqual([]);
});

test('after its time an undo changes nothing', () => {
  snooze(['c1'], new Date(0), 'for ever');
  vi.advanceTimersByTime(UNDO_MS);
  undoLast();
  expect(types()).toEqual(['snooze']);
});

test('the next act in a conversation comes after what is held of it', () => {
  snooze(['c1'], new Date(0), 'for ever');
  write('c1', 'note', 'Called them');
  expect(types()).toEqual(['snooze', 'note']);
});

test('what was sent early says so instead of pretending', () => {
  snooze(['c1'], new Date(0), 'for ever');
  write('c1', 'note', 'Called them');
  undoLast();
  expect(toasts.value.at(-1)?.text).toMatch(/no longer be undone/);
  expect(types()).toEqual(['snooze', 'note']);
});

test('closing the page sends what is held', () => {
  resolve(['c1']);
  window.dispatchEvent(new Event('pagehide'));
  expect(types()).toEqual(['resolve']);
});

test('a crash of the browser loses nothing that was held', () => {
  resolve(['c1']);
  closeChanges();
  openChanges({ agent: 'maya', send: (frame) => (sent.push(frame), true), onRefused: () => {} });
  openHeld('maya');
  expect(types()).toEqual(['resolve']);
});

test('a visitor who writes meanwhile keeps the conversation open', () => {
  resolve(['c1']);
  handleFrame({ type: 'event', ...events(says('visitor', 'one more thing'))[0]! });
  vi.advanceTimersByTime(UNDO_MS);
  expect(ids()).toEqual(['c1', 'c2', 'c3']);
  expect(sent).toEqual([]);
});

test('with a send delay a reply can be called back into its composer', () => {
  sendDelayS.value = 5;
  write('c1', 'reply', 'Dear Jonas');
  undoLast();
  vi.advanceTimersByTime(5000);
  expect(sent).toEqual([]);
  expect(draft('c1', 'reply').value).toBe('Dear Jonas');
});
