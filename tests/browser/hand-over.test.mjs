// From a visitor's question to a person and back, across a power cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPage, picture } from './support/browser.mjs';
import { browser, desk, stage } from './support/stage.mjs';

stage();

const agent = { name: 'Maya Kern', email: 'maya@fernhill.example', password: 'a long enough one' };

async function makesFirstAgent(page) {
  await page.goto(desk.setUpLink);
  await page.fill('[name=name]', agent.name);
  await page.fill('[name=email]', agent.email);
  await page.fill('[name=password]', agent.password);
  await page.click('[type=submit]');
  await page.getByText('Nobody is waiting').first().waitFor();
}

async function asks(page, text) {
  const input = page.locator('[data-focus]');
  await input.fill(text);
  await input.press('Enter');
}

function log(page) {
  return page.getByRole('log');
}

test('a question is answered, a person is fetched, and a power cut changes nothing', async () => {
  const console_ = await newPage(browser, { viewport: { width: 1440, height: 900 } });
  await makesFirstAgent(console_);
  await picture(console_, 'console-1-empty');

  const shop = await newPage(browser, { viewport: { width: 1280, height: 860 } });
  await shop.goto(`${desk.url}/demo`);
  assert.deepEqual(await shop.context().cookies(), [], 'no cookie before the first click');
  assert.equal(await shop.evaluate(() => localStorage.length), 0, 'nothing is stored before the first click');
  await picture(shop, 'widget-0-closed');
  await shop.getByRole('button', { name: 'Help' }).click();
  await shop.getByRole('dialog').waitFor();
  await shop.getByText('Popular questions').waitFor();
  await picture(shop, 'widget-1-home');

  await asks(shop, 'how long can I return my sofa');
  await log(shop).getByText('30 days').first().waitFor();
  await log(shop).getByText('Did that answer it?').last().waitFor();
  await picture(shop, 'widget-2-answer');

  await asks(shop, 'zxcv qwer asdf');
  await log(shop).getByRole('button', { name: 'Yes, talk to a person' }).waitFor();
  await picture(shop, 'widget-3-not-sure');
  await log(shop).getByRole('button', { name: 'Yes, talk to a person' }).click();
  await shop.getByText('Finding someone for you').waitFor();
  await shop.getByText('You are next.').waitFor();
  await picture(shop, 'widget-4-waiting');

  await console_.getByText('zxcv qwer asdf').first().click();
  await console_.getByRole('button', { name: 'Claim', exact: false }).first().waitFor();
  await picture(console_, 'console-2-waiting');
  await console_.getByRole('button', { name: /^Claim(?! and)/ }).last().click();
  await shop.getByText('Maya Kern has joined').waitFor();
  await console_.getByRole('button', { name: 'Show what the bot said' }).click();
  await console_.getByText('how long can I return my sofa').first().waitFor();
  await console_.getByText('30 days').first().waitFor();
  await picture(console_, 'console-3-transcript');

  await console_.getByRole('textbox', { name: /Reply to/ }).fill('Hi, sofas can go back within 30 days.');
  await console_.getByRole('button', { name: /^Send/ }).first().click();
  await log(shop).getByText('Hi, sofas can go back within 30 days.').waitFor();
  await picture(shop, 'widget-5-with-a-person');

  await desk.kill();
  await shop.getByText('Reconnecting').waitFor();
  await picture(shop, 'widget-6-reconnecting');
  await asks(shop, 'I wrote this while you were away');
  await desk.start();

  await console_.getByRole('log').getByText('I wrote this while you were away').waitFor({ timeout: 45_000 });
  await log(shop).getByText('how long can I return my sofa').waitFor();
  assert.equal(await log(shop).getByText('I wrote this while you were away').count(), 1, 'once, not twice');
  await console_.getByRole('textbox', { name: /Reply to/ }).fill('And here I am again.');
  await console_.getByRole('button', { name: /^Send/ }).first().click();
  await log(shop).getByText('And here I am again.').waitFor({ timeout: 45_000 });
  await picture(console_, 'console-4-after-the-cut');

  await shop.reload();
  await log(shop).getByText('And here I am again.').waitFor();

  await console_.getByRole('button', { name: /^Resolve/ }).click();
  await shop.getByText('How did Maya Kern do?').waitFor();
  await picture(shop, 'widget-7-ended');
  assert.deepEqual([...shop.faults, ...console_.faults], []);
});
