import { beforeEach, expect, test } from 'vitest';

import { alertForWarning } from '../src/alerts/alerts.ts';
import { me } from '../src/stores/presence.ts';
import { alertsFor } from '../src/stores/preferences.ts';
import { queueArrived } from '../src/stores/queue.ts';
import { toasts } from '../src/stores/toasts.ts';
import { entry } from './fixtures.ts';

const warn = (conversation: string, about: 'first_reply' | 'unanswered') =>
  alertForWarning({ type: 'warning', conversation, about, due_at: '2026-11-23T14:01:00Z' });
const said = () => toasts.value.map(({ text }) => text);

beforeEach(() => {
  toasts.value = [];
  alertsFor.mine.value = true;
  me.value = {
    id: 'maya', name: 'Maya', email: '', role: 'agent', availability: 'online', open: 1, capacity: 6, here: true, languages: [], viewing: [],
  };
  queueArrived({ entries: [entry('Lena')], total: 1, mine: [entry('Jonas', { status: 'with_agent' })] });
});

test('who has a conversation is told that they are late, wherever they look', () => {
  warn('Jonas', 'unanswered');
  expect(said()).toEqual(['Jonas still waits for your first words. Soon this goes back to the queue.']);
});

test('of those who wait for anybody the clocks tell, and the sound', () => {
  warn('Lena', 'first_reply');
  expect(said()).toEqual([]);
});

test('nothing is said to whoever wants no alerts', () => {
  alertsFor.mine.value = false;
  warn('Jonas', 'first_reply');
  expect(said()).toEqual([]);
});
