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

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
}

/** A page in a context of its own, which notes everything that goes wrong in it. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => {
    const isNetwork = /Failed to load resource|WebSocket connection/.test(message.text());
    if (message.type() === 'error' && !isNetwork) page.faults.push(message.text());
  });
  return page;
}

export async function picture(page, name) {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}

/** Waits for what moves or fades in there, but for what never ends. */
export const isStill = (locator) =>
  locator.evaluate((element) => {
    const ends = ({ effect }) => effect.getComputedTiming().endTime !== Infinity;
    const moving = element.getAnimations({ subtree: true }).filter(ends);
    return Promise.all(moving.map(({ finished }) => finished.catch(() => {})));
  });
