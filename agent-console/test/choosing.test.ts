import { beforeEach, expect, test } from 'vitest';

import { triggerWord } from '../src/composer/trigger-word.ts';
import { marked } from '../src/context/marked.ts';
import { best } from '../src/fuzzy.ts';
import { snoozeFrom } from '../src/header/snooze-choices.ts';
import { DAYS, readHours, weekWords } from '../src/settings/hours.ts';
import { searchQuery } from '../src/stores/search.ts';
import { clearSelection, selection, toggleSelected } from '../src/stores/selection.ts';
import { mentionParts } from '../src/transcript/mentions.ts';

beforeEach(clearSelection);

test.each([
  ['sp', ['spare-part', 'spare-stock', 'no-spares']],
  ['part', ['spare-part']],
  ['zuruck', ['zurück']],
  ['stk', ['spare-stock']],
  ['xq', []],
])('%s finds %j, beginnings first', (search, expected) => {
  const all = ['no-spares', 'spare-part', 'spare-stock', 'zurück'];
  expect(best(all, search, (one) => [one])).toEqual(expected);
});

test('the name counts more than the text', () => {
  const all = [{ name: 'sorry', text: 'it is late' }, { name: 'late', text: 'hello' }];
  expect(best(all, 'late', ({ name, text }) => [name, text]).map(({ name }) => name)).toEqual(['late', 'sorry']);
});

const NOW = new Date(2026, 10, 25, 14, 0);
test.each([
  ['45m', [25, 14, 45]],
  ['in 2 hours', [25, 16, 0]],
  ['3d', [28, 14, 0]],
  ['15:30', [25, 15, 30]],
  ['9:00', [26, 9, 0]],
  ['tomorrow 8:15', [26, 8, 15]],
])('snoozing for "%s" wakes at day, hour, minute %j', (text, [day, hour, minute]) => {
  const until = snoozeFrom(text, NOW)!.until;
  expect([until.getDate(), until.getHours(), until.getMinutes()]).toEqual([day, hour, minute]);
});

test.each(['soon', '25:00', '0m', ''])('"%s" is no time to wake', (text) => {
  expect(snoozeFrom(text, NOW)).toBeNull();
});

test('a range is chosen in the order of the list, whichever end comes first', () => {
  const order = ['a', 'b', 'c', 'd'];
  toggleSelected('c');
  toggleSelected('a', true, order);
  expect([...selection.value].sort()).toEqual(['a', 'b', 'c']);
  toggleSelected('b');
  expect([...selection.value].sort()).toEqual(['a', 'c']);
});

test('a colleague is called by @ and any part of the name; an address calls nobody', () => {
  expect(triggerWord('please @to', 10, '@')).toEqual({ search: 'to', start: 7, end: 10 });
  expect(triggerWord('jonas@example', 13, '@')).toBeNull();
});

test('only whole names are mentions', () => {
  const parts = mentionParts('@Tom Baker and @Tomas', ['Tom', 'Tom Baker']);
  expect(parts.filter(({ isMention }) => isMention).map(({ part }) => part)).toEqual(['@Tom Baker']);
});

test('words of the question are marked in any form', () => {
  const parts = marked('Parts that crack are replaced.', 'a cracked part');
  expect(parts.filter(({ isMarked }) => isMarked).map(({ part }) => part)).toEqual(['crack']);
});

test('a search is narrowed by status, tag and queue', () => {
  expect(searchQuery('is:done tag:"late parcel" broken leg')).toEqual({
    status: 'resolved', tag: 'late parcel', q: 'broken leg',
  });
  expect(searchQuery('from:jonas')).toEqual({ q: 'jonas' });
});

test.each([
  ['9-17', [{ day: 'monday', from: '09:00', to: '17:00' }]],
  ['9:30–12, 14.00-18:15', [{ day: 'monday', from: '09:30', to: '12:00' }, { day: 'monday', from: '14:00', to: '18:15' }]],
  ['', []],
  ['17-9', null],
  ['mornings', null],
  ['9-25', null],
])('the hours "%s" are read as people mean them', (text, expected) => {
  expect(readHours('monday', text)).toEqual(expected);
});

test('days with the same hours stand together', () => {
  const week = DAYS.slice(0, 5).map((day) => ({ day, from: '09:00', to: '17:00' }));
  expect(weekWords([...week, { day: 'saturday', from: '10:00', to: '12:00' }])).toBe('Mon to Fri 09:00–17:00; Sat 10:00–12:00');
});
