// What a visitor does with the widget.
import assert from 'node:assert/strict';
import { findings } from './axe.mjs';

export const launcher = (page) => page.locator('frontdesk-widget .launcher');
export const panel = (page) => page.locator('frontdesk-widget dialog');
export const log = (page) => page.getByRole('log');

export async function opens(page) {
  await launcher(page).click();
  await panel(page).waitFor();
}

export async function asks(page, text) {
  const input = panel(page).locator('[data-focus]');
  await input.fill(text);
  await input.press('Enter');
  await log(page).getByText(text).first().waitFor();
}

export async function checkAccess(page, what) {
  assert.deepEqual(await findings(page), [], what);
}

/** The frames that the page's socket carried, as text. */
export function listens(page) {
  const frames = { sent: [], received: [] };
  page.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => frames.sent.push(JSON.parse(payload)));
    socket.on('framereceived', ({ payload }) => frames.received.push(JSON.parse(payload)));
  });
  return frames;
}
