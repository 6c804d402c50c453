// What the launcher costs a page, beside a page with a bare button, in the same browser on the same slowed processor.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch } from './support/browser.mjs';
import { Desk } from './support/desk.mjs';
import { Host, pageWith } from './support/host.mjs';

const RUNS = 7;
const SLOWER = 4;
const BARE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body><h1>Shop</h1><script>{const b=document.createElement("button");b.textContent="Help";document.body.append(b)}</script></body></html>';

/** Milliseconds from navigation to the button, and the longest task. */
async function measure(browser, url, isThere) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript((isThere) => {
    window.longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (window.longest = Math.max(window.longest, duration)))).observe({ type: 'longtask', buffered: true });
    const look = () => (new Function(`return ${isThere}`)() ? (window.thereAt = performance.now()) : requestAnimationFrame(look));
    look();
  }, isThere);
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.goto(url);
  await page.waitForFunction(() => window.thereAt);
  await page.waitForTimeout(100);
  const result = await page.evaluate(() => ({ at: window.thereAt, longest: window.longest }));
  await context.close();
  return result;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

test('the launcher is there within three times a bare button, and no task is long', async () => {
  const desk = await Desk.open({ FRONTDESK_SERVER__ALLOWED_ORIGINS: '*' });
  const browser = await launch();
  const host = await Host.open({ '/bare': { html: BARE }, '/widget': { html: pageWith(desk) } });
  const bare = [];
  const widget = [];
  await measure(browser, `${host.url}/widget`, 'document.querySelector("frontdesk-widget")');
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await measure(browser, `${host.url}/bare`, 'document.querySelector("button")'));
    widget.push(await measure(browser, `${host.url}/widget`, 'document.querySelector("frontdesk-widget")'));
  }
  const at = { bare: median(bare.map(({ at }) => at)), widget: median(widget.map(({ at }) => at)) };
  const longest = median(widget.map(({ longest }) => longest));
  console.log(`launcher ${at.widget.toFixed(0)} ms, bare button ${at.bare.toFixed(0)} ms: ${(at.widget / at.bare).toFixed(2)} times; longest task ${longest} ms`);
  assert.ok(at.widget <= 3 * at.bare, 'three times a bare button');
  assert.ok(longest <= 50, 'no task over 50 ms');
  await browser.close();
  await host.close();
  await desk.close();
});
