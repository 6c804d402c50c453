// What the launcher costs a page, beside a page with a bare button, in the same browser on the same slowed processor.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Host, pageWith } from './support/host.mjs';
import { browser, desk, stage } from './support/stage.mjs';

const RUNS = 7;
const SLOWER = 4;
const BARE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title></head><body><h1>Shop</h1><script>{const b=document.createElement("button");b.textContent="Help";document.body.append(b)}</script></body></html>';

/** Milliseconds from navigation to the button, and the longest piece of work on the way to it. */
async function measure(browser, url, isThere) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.addInitScript((isThere) => {
    const look = () => (document.querySelector(isThere) ? (window.thereAt = performance.now()) : requestAnimationFrame(look));
    look();
  }, isThere);
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await page.goto(url);
  await page.waitForFunction(() => window.thereAt);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const at = await page.evaluate(() => window.thereAt);
  await context.close();
  return { at, longest: longest(traceEvents, url) };
}

/** Scripts of the page and frames, by the processor's time: what other programs take meanwhile does not count. */
function longest(events, url) {
  const isScript = ({ name, args }) => name === 'EvaluateScript' && (args.data?.url?.endsWith('/widget.js') || args.data?.url === url);
  const page = events.find(isScript);
  const isFrame = ({ args, pid }) => pid === page.pid && args?.src_func === 'ScheduledActionSendBeginMainFrame';
  return Math.max(...events.filter((event) => isScript(event) || isFrame(event)).map(({ tdur = 0 }) => tdur / 1000));
}

/** The run that the rest of the machine disturbed least. */
const least = (values) => Math.min(...values);

let host;

stage({
  FRONTDESK_SERVER__ALLOWED_ORIGINS: '*',
  async begin() {
    host = await Host.open({ '/bare': { html: BARE }, '/widget': { html: pageWith(desk) } });
  },
});

after(async () => {
  await host?.close();
});

test('the launcher is there within three times a bare button, and no work takes long', async () => {
  const bare = [];
  const widget = [];
  await measure(browser, `${host.url}/widget`, 'frontdesk-widget');
  for (let run = 0; run < RUNS; run += 1) {
    bare.push(await measure(browser, `${host.url}/bare`, 'button'));
    widget.push(await measure(browser, `${host.url}/widget`, 'frontdesk-widget'));
  }
  const of = (runs, what) => least(runs.map((run) => run[what]));
  const at = of(widget, 'at') / of(bare, 'at');
  const [longestOf, bareLongest] = [of(widget, 'longest'), of(bare, 'longest')];
  console.log(`launcher ${of(widget, 'at').toFixed(0)} ms, bare button ${of(bare, 'at').toFixed(0)} ms: ${at.toFixed(2)} times; longest ${longestOf.toFixed(0)} ms, bare ${bareLongest.toFixed(0)} ms`);
  assert.ok(at <= 3, 'three times a bare button');
  assert.ok(longestOf <= 50, 'no work over 50 ms');
});
