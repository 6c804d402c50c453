import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { Composer } from '../src/composer/composer.tsx';
import { keyAct } from '../src/composer/keys.ts';
import { setMode } from '../src/composer/mode.ts';
import { triggerWord } from '../src/composer/trigger-word.ts';
import { fillCanned, findCanned, nextGap } from '../src/stores/canned.ts';
import { openDrafts } from '../src/stores/drafts.ts';
import { queueArrived } from '../src/stores/queue.ts';
import { entry } from './fixtures.ts';

const root = document.createElement('div');
const show = (id: string) => act(() => render(<Composer key={id} id={id} />, root));
const area = () => root.querySelector('textarea')!;
const type = (text: string) =>
  act(() => {
    area().value = text;
    area().dispatchEvent(new Event('input', { bubbles: true }));
  });

beforeEach(async () => {
  localStorage.clear();
  openDrafts('maya', Date.now());
  const mine = ['c1', 'c2'].map((id) => entry(id, { status: 'with_agent' }));
  queueArrived({ entries: [], total: 0, mine });
  document.body.append(root);
});
afterEach(() => render(null, root));

test('text stays with its conversation when another is opened', async () => {
  await show('c1');
  await type('for the first one');
  await show('c2');
  expect(area().value).toBe('');
  await type('for the second one');
  await show('c1');
  expect(area().value).toBe('for the first one');
});

test('text stays in its mode', async () => {
  await show('c1');
  await type('a reply');
  await act(() => setMode('c1', 'note'));
  expect(area().value).toBe('');
  expect(root.textContent).toContain('Add note');
  await act(() => setMode('c1', 'reply'));
  expect(area().value).toBe('a reply');
});

const pressed = (key: string, rest = {}) => ({
  key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, isComposing: false, ...rest,
});
const plain = { picker: false, gap: false, enterSends: false };

test.each([
  ['Enter breaks the line', pressed('Enter'), plain, null],
  ['Ctrl+Enter sends', pressed('Enter', { ctrlKey: true }), plain, 'send'],
  ['Enter sends if set', pressed('Enter'), { ...plain, enterSends: true }, 'send'],
  ['Shift+Enter breaks the line', pressed('Enter', { shiftKey: true }), { ...plain, enterSends: true }, null],
  ['the input method keeps its Enter', pressed('Enter', { isComposing: true }), { ...plain, enterSends: true }, null],
  ['Enter takes the canned response', pressed('Enter'), { ...plain, picker: true }, 'insert'],
  ['Tab goes to the gap', pressed('Tab'), { ...plain, gap: true }, 'gap'],
  ['Tab without a gap leaves', pressed('Tab'), plain, null],
  ['Escape leaves', pressed('Escape'), plain, 'leave'],
])('%s', (_, key, situation, act) => {
  expect(keyAct(key, situation)).toBe(act);
});

test.each([
  ['/', { search: '', start: 0, end: 1 }],
  ['Hi /spare-p', { search: 'spare-p', start: 3, end: 11 }],
  ['and/or', null],
  ['Hi / there', null],
])('a canned response is looked for in %j', (text, expected) => {
  expect(triggerWord(text, text.length, '/')).toEqual(expected);
});

test('canned responses are found by any of their words and filled with what is known', () => {
  const all = [
    { shortcut: 'sorry', title: 'Apology', text: 'Sorry {{visitor.name}}, your {{part}} is late.' },
    { shortcut: 'late', title: 'Late parcel', text: 'It is on its way.' },
  ].map((one) => ({ ...one, id: one.shortcut, source: 'team' as const, uses: 0 }));
  expect(findCanned(all, 'late').map((one) => one.shortcut)).toEqual(['late', 'sorry']);
  expect(findCanned(all, 'apol').map((one) => one.shortcut)).toEqual(['sorry']);
  const filled = fillCanned(all[0]!.text, { 'visitor.name': 'Jonas' });
  expect(filled).toBe('Sorry Jonas, your {{part}} is late.');
  expect(filled.slice(...nextGap(filled)!)).toBe('{{part}}');
  expect('My colleague [name] knows'.slice(...nextGap('My colleague [name] knows')!)).toBe('[name]');
  expect(nextGap('see [the page](https://fernhill.example)')).toBeNull();
});
