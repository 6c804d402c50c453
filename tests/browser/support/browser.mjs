// Debian's Chromium, and what people do in it.
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
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
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
/** Where screenshots go; none are taken when it is not set. */
const PICTURES = process.env.FRONTDESK_PICTURES;

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
}

/** A page in a context of its own, which notes everything that goes wrong in it. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({ locale: 'en-GB', bypassCSP: false, ...options });
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

export async function picture(page, name) {
  if (!PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
}

/** The rules of WCAG 2.2 AA that axe finds broken on the page, each with where. */
export async function accessibilityFindings(page) {
  const context = await page.context().browser().newContext({ bypassCSP: true });
  await context.close();
  await page.evaluate((source) => new Function(source)(), await import('node:fs').then((fs) => fs.readFileSync(AXE, 'utf8')));
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { violations } = await page.evaluate((tags) => window.axe.run(document, { runOnly: tags }), tags);
  return violations.map((finding) => `${finding.id}: ${finding.nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
