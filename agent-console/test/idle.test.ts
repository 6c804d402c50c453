import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AgentView } from 'web-shared/protocol/frames.ts';

import { startIdleWatch } from '../src/alerts/idle.ts';
import { availability, chosenAvailability, me } from '../src/stores/presence.ts';
import * as socket from '../src/stores/socket.ts';

const TEN_MINUTES = 10 * 60_000;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(socket, 'send').mockReturnValue(true);
  me.value = { availability: 'online' } as AgentView;
  chosenAvailability.value = null;
  stop = startIdleWatch();
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

test('ten minutes without a sign of life make an agent away, the next sign brings them back', () => {
  vi.advanceTimersByTime(TEN_MINUTES - 1);
  window.dispatchEvent(new Event('keydown'));
  vi.advanceTimersByTime(TEN_MINUTES - 1);
  expect(availability.value).toBe('online');
  vi.advanceTimersByTime(1);
  expect(availability.value).toBe('away');
  window.dispatchEvent(new Event('pointermove'));
  expect(availability.value).toBe('online');
});

test('who went offline by hand stays so', () => {
  chosenAvailability.value = 'offline';
  vi.advanceTimersByTime(TEN_MINUTES);
  window.dispatchEvent(new Event('keydown'));
  expect(availability.value).toBe('offline');
});
