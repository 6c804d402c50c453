// Every state of the widget: reached as a visitor does, then looked at with axe, at all sizes, in both directions.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Agent } from './support/agent.mjs';
import { newPage, picture } from './support/browser.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { asks, checkAccess, launcher, log, opens, panel } from './support/widget.mjs';

/** Small phone, phone, desktop, 1280 × 1000 at 200 %, and a window of little height. */
const SIZES = [[320, 640], [390, 844], [1440, 900], [640, 500], [1024, 500]];

let agent;

stage({
  FRONTDESK_WIDGET__PRIVACY_URL: 'https://shop.example/privacy', FRONTDESK_WIDGET__SITE_NAME: 'Fernhill',
  async begin() {
    agent = await Agent.open(browser, desk);
  },
});

async function visits() {
  const page = await newPage(browser, { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  await page.goto(`${desk.url}/demo`);
  await launcher(page).waitFor();
  return page;
}

let number = 0;

/** The state in light and dark, from left and from right, at every size. */
async function looksAt(page, name) {
  number += 1;
  const file = `state-${String(number).padStart(2, '0')}-${name.replaceAll(' ', '-')}`;
  for (const theme of ['light', 'dark']) {
    await page.evaluate((theme) => frontdesk('theme', theme), theme);
    await checkAccess(page, `${name}, ${theme}`);
    await picture(page, `${file}-${theme}`);
  }
  await page.evaluate(() => frontdesk('theme', 'light'));
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await follows(page);
    await fits(page, `${name} at ${width} × ${height}`);
    if (width < 400) await picture(page, `${file}-${width}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate(() => frontdesk('locale', 'ar'));
  await page.locator('frontdesk-widget [dir="rtl"]').first().waitFor({ state: 'attached' });
  await checkAccess(page, `${name}, right to left`);
  await picture(page, `${file}-rtl`);
  await page.evaluate(() => frontdesk('locale', 'en'));
  await page.locator('frontdesk-widget [dir="ltr"]').first().waitFor({ state: 'attached' });
}

/** The panel follows the window's size in one of the next frames. */
async function follows(page) {
  for (let frame = 0; frame < 60; frame += 1) {
    const isInside = await panel(page).evaluate(
      (dialog) => new Promise((done) => requestAnimationFrame(() => done(dialog.getBoundingClientRect().bottom <= innerHeight + 0.5))),
    );
    if (isInside) return;
  }
}

/** Nothing sticks out to the side, the panel is inside of the window, and so is its last control. */
async function fits(page, what) {
  const faults = await panel(page).evaluate((dialog) => {
    const box = dialog.getBoundingClientRect();
    const faults = [];
    if (box.left < 0 || box.right > innerWidth + 0.5 || box.top < 0 || box.bottom > innerHeight + 0.5) faults.push(`panel ${box.left} ${box.top} ${box.right} ${box.bottom}`);
    const scrollers = '.table, pre, textarea, input, .hidden';
    for (const each of dialog.querySelectorAll('*')) {
      if (each.closest(scrollers) || each instanceof SVGElement) continue;
      const { left, right, width } = each.getBoundingClientRect();
      if (width > 0 && (left < box.left - 1 || right > box.right + 1)) faults.push(`${each.className || each.localName} sticks out: ${left} to ${right}`);
    }
    const input = dialog.querySelector('.composer textarea, .ask input');
    const place = input?.getBoundingClientRect();
    if (place && (place.bottom > innerHeight || place.top < 0)) faults.push(`input at ${place.top} to ${place.bottom} of ${innerHeight}`);
    return faults;
  });
  assert.deepEqual(faults, [], what);
}

test('home, search, article, answer, options, not sure, menu', async () => {
  const page = await visits();
  await checkAccess(page, 'closed');
  await opens(page);
  await page.getByText('Popular questions').waitFor();
  await looksAt(page, 'home');

  await panel(page).locator('input').fill('retur');
  await panel(page).getByText('articles found').waitFor();
  await looksAt(page, 'search');

  await panel(page).locator('.popular button').first().click();
  await panel(page).getByText('Ask about this').waitFor();
  await panel(page).locator('.prose .big').waitFor();
  await looksAt(page, 'article');

  await panel(page).getByText('Ask about this').click();
  await asks(page, 'how long can I return my sofa');
  await log(page).getByText('Did that answer it?').last().waitFor();
  await looksAt(page, 'answer');
  await log(page).getByRole('button', { name: 'Yes', exact: true }).last().click();
  await log(page).locator('.chip.on').waitFor();
  await looksAt(page, 'helped');

  await asks(page, 'zxcv qwer asdf');
  await log(page).getByRole('button', { name: 'Yes, talk to a person' }).waitFor();
  await looksAt(page, 'not sure');

  await panel(page).getByRole('button', { name: 'More' }).click();
  await panel(page).getByRole('menu').waitFor();
  await checkAccess(page, 'menu');
  await picture(page, 'state-menu');
  await panel(page).getByRole('menuitem', { name: 'Forget me on this device' }).click();
  await panel(page).getByRole('alertdialog').waitFor();
  await checkAccess(page, 'forget');
  await picture(page, 'state-forget');
  await page.keyboard.press('Escape');
  assert.deepEqual(page.faults, []);
});

test('waiting, with a person, typing, new messages, ended, rated', async () => {
  const page = await visits();
  await opens(page);
  await asks(page, 'zxcv qwer asdf');
  await log(page).getByRole('button', { name: 'Yes, talk to a person' }).click();
  await panel(page).getByText('Finding someone for you').waitFor();
  await looksAt(page, 'waiting');

  const conversation = await agent.claims();
  await panel(page).getByText('Maya Kern has joined').waitFor();
  await agent.send({ type: 'reply', conversation, text: 'Hello, I am **Maya**. What may I do for you?' });
  await log(page).getByText('What may I do for you?').waitFor();
  await asks(page, 'One leg arrived cracked');
  await agent.send({ type: 'typing', conversation });
  await looksAt(page, 'with a person');

  await page.setViewportSize({ width: 1440, height: 500 });
  await log(page).evaluate((each) => each.scrollTo(0, 0));
  for (const text of ['I am sorry to hear that.', 'I will send you a new leg.']) await agent.send({ type: 'reply', conversation, text });
  await panel(page).getByRole('button', { name: '2 new' }).waitFor();
  await checkAccess(page, 'new messages');
  await picture(page, 'state-new');
  await panel(page).getByRole('button', { name: '2 new' }).click();
  await page.setViewportSize({ width: 1440, height: 900 });

  await agent.send({ type: 'resolve', conversation });
  await panel(page).getByText('How did Maya Kern do?').waitFor();
  await looksAt(page, 'ended');
  await panel(page).getByRole('radio', { name: 'Great' }).check();
  await panel(page).getByRole('button', { name: 'Send rating' }).waitFor();
  await looksAt(page, 'rating');
  await panel(page).getByRole('button', { name: 'Send rating' }).click();
  await panel(page).getByText('Thank you for telling us.').waitFor();
  await looksAt(page, 'rated');
  await panel(page).getByRole('button', { name: 'Back' }).click();
  await page.getByText('Popular questions').waitFor();
  await looksAt(page, 'home with a conversation');
  assert.deepEqual(page.faults, []);
});

test('away, left message, reconnecting, failed', async () => {
  await agent.becomes('offline');
  const page = await visits();
  await opens(page);
  await page.getByText('Nobody is in').waitFor();
  await asks(page, 'zxcv qwer asdf');
  await log(page).getByRole('button', { name: 'Yes, talk to a person' }).click();
  await panel(page).getByLabel('Your e-mail').waitFor();
  await looksAt(page, 'away');
  await panel(page).getByLabel('Your e-mail').fill('nonsense');
  await panel(page).getByRole('button', { name: 'Send message' }).click();
  await panel(page).getByText('Please check the address.').waitFor();
  await looksAt(page, 'wrong address');
  await panel(page).getByLabel('Your e-mail').fill('jo@shop.example');
  await panel(page).getByRole('button', { name: 'Send message' }).click();
  await panel(page).getByText('Your message is with us').first().waitFor();
  await looksAt(page, 'left');

  const text = 'x'.repeat(4001);
  await page.evaluate((text) => frontdesk('ask', text), text);
  await panel(page).getByText('That message is too long.').waitFor();
  await looksAt(page, 'failed');
  await page.context().setOffline(true);
  await desk.kill();
  await panel(page).getByText('What you write is sent later.').waitFor();
  await looksAt(page, 'offline');
  assert.deepEqual(page.faults, []);
});
