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

/** A console that was built apart, shown instead of the program's own: so its looks change without a compiler. */
const CONSOLE = process.env.FRONTDESK_CONSOLE;

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
}

/** A page in a context of its own, which notes everything that goes wrong in it. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', ...options });
  if (CONSOLE) await context.route(/\/console(\/[^/]+)*\/?$/, serveConsole);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => {
    const isNetwork = /Failed to load resource|WebSocket connection/.test(message.text());
    if (message.type() === 'error' && !isNetwork) page.faults.push(message.text());
  });
  return page;
}

function serveConsole(route) {
  const [, file = 'index.html'] = new URL(route.request().url()).pathname.split('/console/');
  return route.fulfill({ path: join(CONSOLE, file) });
}

export async function picture(page, name) {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}
