// Several tabs of one visitor, reloads, restarts, and a line that breaks.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Agent } from './support/agent.mjs';
import { newPage } from './support/browser.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { asks, launcher, listens, log, opens, panel } from './support/widget.mjs';
import { Wire } from './support/wire.mjs';

stage();

let wire;

after(async () => {
  await wire?.close();
});

test('two tabs agree on what is open, unread and forgotten; one of them makes a sound', async () => {
  const agent = await Agent.open(browser, desk);
  const one = await newPage(browser);
  const context = one.context();
  await context.addInitScript(() => {
    window.sounds = 0;
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...args) {
      window.sounds += 1;
      return start.apply(this, args);
    };
  });
  await one.goto(`${desk.url}/demo`);
  await opens(one);
  await asks(one, 'zxcv qwer asdf');
  await log(one).getByRole('button', { name: 'Yes, talk to a person' }).click();
  const conversation = await agent.claims();
  await panel(one).getByText('Maya Kern has joined').waitFor();

  const two = await context.newPage();
  await two.goto(`${desk.url}/demo`);
  await two.mouse.click(5, 5);
  await opens(two);
  await log(two).getByText('Maya Kern has joined').waitFor();
  await two.keyboard.press('Escape');
  await panel(one).waitFor({ state: 'hidden' });

  await agent.send({ type: 'reply', conversation, text: 'Are you there?' });
  for (const page of [one, two]) await page.locator('frontdesk-widget .badge', { hasText: '1' }).waitFor();
  assert.equal((await one.evaluate(() => window.sounds)) + (await two.evaluate(() => window.sounds)), 2, 'two notes, one sound');
  await launcher(one).click();
  await log(one).getByText('Are you there?').waitFor();
  await panel(two).waitFor();
  for (const page of [one, two]) await page.waitForFunction(() => !document.querySelector('frontdesk-widget').shadowRoot.querySelector('.badge').textContent);

  await two.evaluate(() => frontdesk('reset'));
  for (const page of [one, two]) await page.waitForFunction(() => localStorage.length === 0);
  await log(one).getByText('Are you there?').waitFor({ state: 'detached' });
});

test('a conversation survives a reload and a restart of the desk', async () => {
  const page = await newPage(browser);
  await page.goto(`${desk.url}/demo`);
  await opens(page);
  await asks(page, 'how long can I return my sofa');
  await log(page).getByText('30 days').first().waitFor();
  await page.reload();
  await log(page).getByText('30 days').first().waitFor();
  await desk.kill();
  await desk.start();
  await asks(page, 'and a lamp');
  await log(page).locator('.own').nth(1).waitFor();
  await page.waitForFunction(() => !localStorage.getItem('frontdesk:outbox'), undefined, { timeout: 45_000 });
});

test('fifty messages and a line that is cut five times: none lost, none twice, in order', async () => {
  wire = await Wire.to(desk);
  const page = await newPage(browser);
  const frames = listens(page);
  await page.goto(`${wire.url}/demo`);
  await opens(page);
  await page.getByText('Popular questions').waitFor();
  const texts = Array.from({ length: 50 }, (_, index) => `message number ${index + 1}`);
  let cuts = 0;
  for (const [index, text] of texts.entries()) {
    await page.evaluate((text) => frontdesk('ask', text), text);
    if (index % 10 !== 5) continue;
    cuts += 1;
    while (frames.received.filter(({ type }) => type === 'welcome').length < cuts) await new Promise((done) => setTimeout(done, 10));
    wire.cut();
  }
  await page.waitForFunction(() => !localStorage.getItem('frontdesk:outbox'), undefined, { timeout: 60_000 });
  const own = await log(page).locator('.own .bubble').evaluateAll((bubbles) => bubbles.map((bubble) => bubble.lastChild.textContent));
  assert.deepEqual(own, texts, 'what the visitor sees');
  await page.reload();
  await log(page).getByText('message number 50').waitFor();
  const kept = await log(page).locator('.own .bubble').evaluateAll((bubbles) => bubbles.map((bubble) => bubble.lastChild.textContent));
  assert.deepEqual(kept, texts, 'what the desk keeps');
  assert.equal(cuts, 5);
});
