import { expect, test } from 'vitest';

import { snoozeChoices } from '../src/header/snooze-choices.ts';
import { holdRows, type HeldRows, type Row } from '../src/list/held-rows.ts';
import { targetMs, toneAt } from '../src/sla/target.ts';
import { entry } from './fixtures.ts';

const [a, b, c] = [entry('a'), entry('b'), entry('c')];
const name = ({ entry: { conversation }, isGone }: Row) => (isGone ? `(${conversation})` : conversation);
const shown = (held: HeldRows) => held.rows.map(name);

test('without the pointer, rows are what the server says', () => {
  expect(holdRows([a, b], null)).toMatchObject({ hidden: 0 });
  expect(shown(holdRows([a, b], null))).toEqual(['a', 'b']);
});

test('under the pointer no row moves: new ones wait, lost ones keep their place', () => {
  const held = holdRows([c, b], [a, b]);
  expect(shown(held)).toEqual(['(a)', 'b']);
  expect(held.hidden).toBe(1);
});

test('a held row still shows what is new in it', () => {
  const changed = entry('a', { preview: 'newer' });
  expect(holdRows([changed], [a]).rows[0]?.entry.preview).toBe('newer');
});

test.each([
  [44, false, 'plain'],
  [45, false, 'warn'],
  [60, false, 'bad'],
  [3600, true, 'plain'],
  [18 * 3600, true, 'warn'],
  [24 * 3600, true, 'bad'],
])('after %i s (left message: %s) the clock is %s', (seconds, isLeft, tone) => {
  expect(toneAt(seconds * 1000, targetMs({ left: isLeft }))).toBe(tone);
});

test('tomorrow at nine is tomorrow at nine, also just after midnight', () => {
  const until = snoozeChoices(new Date(2026, 10, 23, 0, 5))[2]!.until;
  expect([until.getDate(), until.getHours(), until.getMinutes()]).toEqual([24, 9, 0]);
});
