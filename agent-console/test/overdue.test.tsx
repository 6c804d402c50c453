import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { Composer } from '../src/composer/composer.tsx';
import { now } from '../src/stores/clock.ts';
import { openDrafts } from '../src/stores/drafts.ts';
import { queueArrived } from '../src/stores/queue.ts';
import { entry } from './fixtures.ts';

const root = document.createElement('div');
const WARN_AT = '2026-11-23T14:03:00Z';

beforeEach(() => {
  localStorage.clear();
  openDrafts('maya', Date.now());
  queueArrived({ entries: [], total: 0, mine: [entry('c1', { status: 'with_agent', warn_at: WARN_AT })] });
});
afterEach(() => render(null, root));

test('who took a conversation and says nothing is told before it goes back', async () => {
  now.value = Date.parse(WARN_AT) - 1;
  await act(() => render(<Composer id="c1" />, root));
  expect(root.textContent).not.toContain('back to the queue');
  await act(() => {
    now.value = Date.parse(WARN_AT);
  });
  expect(root.textContent).toContain('back to the queue');
});
