import { beforeEach, expect, test } from 'vitest';

import { draft, openDrafts, returnToDraft, takeDraft, writeDraft } from '../src/stores/drafts.ts';

const DAY = 24 * 3600 * 1000;

beforeEach(() => {
  localStorage.clear();
  openDrafts('maya', Date.now());
});

test('a draft belongs to one conversation and one mode', () => {
  writeDraft('c1', 'reply', 'to one');
  writeDraft('c1', 'note', 'about one');
  writeDraft('c2', 'reply', 'to two');
  expect(draft('c1', 'reply').value).toBe('to one');
  expect(draft('c1', 'note').value).toBe('about one');
  expect(draft('c2', 'reply').value).toBe('to two');
  expect(draft('c2', 'note').value).toBe('');
});

test('a draft survives a reload, for the same agent only', () => {
  writeDraft('c1', 'reply', 'half a sentence');
  openDrafts('tom', Date.now());
  expect(draft('c1', 'reply').value).toBe('');
  openDrafts('maya', Date.now());
  expect(draft('c1', 'reply').value).toBe('half a sentence');
});

test('taking a draft empties it', () => {
  writeDraft('c1', 'reply', 'done');
  expect(takeDraft('c1', 'reply')).toBe('done');
  expect(draft('c1', 'reply').value).toBe('');
  openDrafts('maya', Date.now());
  expect(draft('c1', 'reply').value).toBe('');
});

test('refused words come back before what was written since', () => {
  writeDraft('c1', 'reply', 'second');
  returnToDraft('c1', 'reply', 'first');
  expect(draft('c1', 'reply').value).toBe('first\nsecond');
});

test('drafts of long ago are forgotten', () => {
  writeDraft('c1', 'reply', 'old');
  openDrafts('maya', Date.now() + 31 * DAY);
  expect(draft('c1', 'reply').value).toBe('');
});
