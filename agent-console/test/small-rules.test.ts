// Rules of a line or two: when nothing rings, what a clock says elsewhere, what is a swipe.
import { expect, test } from 'vitest';

import { isQuiet } from '../src/alerts/quiet.ts';
import { isSwipe } from '../src/app/swipe.ts';
import { deviceWords, localTime } from '../src/context/local-time.ts';

const at = (hour: number, minute = 0) => new Date(2026, 10, 25, hour, minute);

test.each([
  ['over midnight, in the evening', '20:00', '08:00', at(23), true],
  ['over midnight, in the morning', '20:00', '08:00', at(7, 59), true],
  ['over midnight, at its end', '20:00', '08:00', at(8), false],
  ['within a day', '12:00', '13:00', at(12, 30), true],
  ['within a day, before it', '12:00', '13:00', at(11, 59), false],
  ['of no length', '12:00', '12:00', at(12), false],
])('quiet hours %s', (_, from, to, moment, expected) => {
  expect(isQuiet({ isOn: true, from, to }, moment)).toBe(expected);
  expect(isQuiet({ isOn: false, from, to }, moment)).toBe(false);
});

test('a visitor’s clock is read in their own zone, and a zone that is unknown here says nothing', () => {
  const now = new Date('2026-11-25T13:09:00Z');
  expect(localTime('Europe/Berlin', now, 'en-GB')).toBe('14:09, Berlin');
  expect(localTime('America/New_York', now, 'en-GB')).toBe('08:09, New York');
  expect(localTime('Nowhere/At all', now, 'en-GB')).toBeNull();
  expect(localTime(undefined, now, 'en-GB')).toBeNull();
});

test.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0', 'Firefox, Windows'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1', 'Safari, iPhone'],
  ['Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Mobile Safari/537.36', 'Chrome, Android'],
  ['curl/8.5.0', 'curl/8.5.0'],
])('%s is called %s', (agent, words) => {
  expect(deviceWords(agent)).toBe(words);
});

test.each([
  ['to the right', 90, 10, 200, true],
  ['too short', 40, 0, 200, false],
  ['to the left', -90, 0, 200, false],
  ['mostly down', 90, 80, 200, false],
  ['too slow', 90, 10, 1500, false],
])('a finger that goes %s', (_, x, y, ms, expected) => {
  expect(isSwipe(x, y, ms)).toBe(expected);
});
