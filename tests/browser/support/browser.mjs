// Debian's Chromium, and what people do in it.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** Where screenshots go; none are taken when it is not set. */
const PICTURES = process.env.FRONTDESK_PICTURES;
/** How many times slower pages shall be, and what moves in them, to find stories that only pass on a fast machine. */
const SLOWNESS = Number(process.env.FRONTDESK_SLOWNESS ?? 1);

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
}

/** A page in a context of its own, which notes everything that goes wrong in it. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  if (SLOWNESS > 1) await slowDown(page);
  page.setDefaultTimeout(30_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => {
    const isNetwork = /Failed to load resource|WebSocket connection/.test(message.text());
    if (message.type() === 'error' && !isNetwork) page.faults.push(message.text());
  });
  return page;
}

async function slowDown(page) {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWNESS });
  await tools.send('Animation.enable');
  await tools.send('Animation.setPlaybackRate', { playbackRate: 1 / SLOWNESS });
}

export async function picture(page, name) {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}

/** Waits until nothing moves or fades in there, but for what never ends; in the widget too. */
export const isStill = (locator) =>
  locator.evaluate(async (element) => {
    const ends = ({ effect, playState }) => playState === 'running' && effect.getComputedTiming().endTime !== Infinity;
    const roots = () => [element, ...[...element.querySelectorAll('*')].flatMap(({ shadowRoot }) => [...(shadowRoot?.children ?? [])])];
    const moving = () => roots().flatMap((root) => root.getAnimations({ subtree: true })).filter(ends);
    const frame = () => new Promise(requestAnimationFrame);
    do {
      await Promise.all(moving().map(({ finished }) => finished.catch(() => {})));
      // What appears next begins to move with the next frame.
      await frame();
      await frame();
    } while (moving().length > 0);
  });
