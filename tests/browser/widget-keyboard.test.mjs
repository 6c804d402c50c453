// A whole conversation without a mouse.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent } from './support/agent.mjs';
import { newPage } from './support/browser.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { log, panel } from './support/widget.mjs';

stage();

/** The name of what has the focus. */
const focused = (page) => page.evaluate(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
});

/** Tabs on until this has the focus. */
async function tabsTo(page, name, key = 'Tab') {
  for (let step = 0; step < 60; step += 1) {
    if ((await focused(page)).includes(name)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`no way to ${name}, last at ${await focused(page)}`);
}

test('reach, open, ask, choose, hand over, rate, leave', async () => {
  const agent = await Agent.open(browser, desk);
  const page = await newPage(browser);
  const { keyboard } = page;
  await page.goto(`${desk.url}/demo`);
  await page.locator('frontdesk-widget .launcher').waitFor();
  await tabsTo(page, 'Help');
  while (!(await page.evaluate(() => document.activeElement?.localName === 'frontdesk-widget'))) await keyboard.press('Tab');
  await keyboard.press('Enter');
  await panel(page).waitFor();
  await page.getByText('Popular questions').waitFor();
  assert.equal(await focused(page), 'Ask a question');

  await keyboard.type('how long can I return my sofa');
  await keyboard.press('Enter');
  await log(page).getByText('Did that answer it?').last().waitFor();
  assert.equal(await focused(page), 'Ask a question', 'the input keeps the focus');
  await tabsTo(page, 'No', 'Shift+Tab');
  await keyboard.press('Enter');
  await log(page).getByRole('button', { name: /person/i }).last().waitFor();
  await tabsTo(page, 'person', 'Shift+Tab');
  await keyboard.press('Enter');
  await panel(page).getByText('Finding someone for you').waitFor();

  const conversation = await agent.claims();
  await agent.send({ type: 'reply', conversation, text: 'Hello, here is Maya.' });
  await log(page).getByText('Hello, here is Maya.').waitFor();
  await tabsTo(page, 'Message Maya Kern');
  await keyboard.type('Thank you');
  await keyboard.press('Enter');
  await log(page).getByText('Thank you').waitFor();
  await agent.send({ type: 'resolve', conversation });
  await panel(page).getByText('How did Maya Kern do?').waitFor();

  await panel(page).evaluate((dialog) => dialog.focus());
  for (let step = 0; step < 30; step += 1) {
    if (await panel(page).locator('input[type=radio]:focus').count()) break;
    await keyboard.press('Tab');
  }
  await keyboard.press('ArrowRight');
  await tabsTo(page, 'Send rating');
  await keyboard.press('Enter');
  await panel(page).getByText('Thank you for telling us.').waitFor();

  await tabsTo(page, 'More', 'Shift+Tab');
  await keyboard.press('Enter');
  await panel(page).getByRole('menu').waitFor();
  await keyboard.press('ArrowDown');
  await keyboard.press('Escape');
  assert.equal(await panel(page).getByRole('menu').count(), 0, 'Escape closes the menu first');
  await keyboard.press('Escape');
  await panel(page).waitFor({ state: 'hidden' });
  assert.equal(await focused(page), 'Help', 'the focus is back');
  assert.deepEqual(page.faults, []);
});
