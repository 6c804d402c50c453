import { expect, it } from 'vitest';
import { dayName, moment, stopwatch, waitMinutes } from '../src/time.ts';

const NOW = new Date(2026, 10, 12, 14, 2);
const at = (day: number, hour = 9) => new Date(2026, 10, day, hour, 0);

it('names days as people do', () => {
  const names = [12, 11, 13, 9].map((day) => dayName(at(day), NOW, 'en'));
  expect(names).toEqual(['today', 'yesterday', 'tomorrow', 'Mon, Nov 9']);
  expect(dayName(at(13), NOW, 'de')).toBe('morgen');
});

it('says when something begins', () => {
  expect(moment(at(12, 16), NOW, 'de')).toBe('heute, 16:00');
  expect(moment(at(13), NOW, 'de')).toBe('morgen, 09:00');
  expect(moment(at(16), NOW, 'es')).toBe('lun, 16 nov, 9:00');
});

it('rounds waits to minutes and counts up', () => {
  expect(waitMinutes([10, 200])).toEqual([1, 3]);
  expect([0, 42_500, 725_000, 3_723_000].map(stopwatch)).toEqual(['0:00', '0:42', '12:05', '1:02:03']);
});
