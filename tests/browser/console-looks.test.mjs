// Every state of the console: what axe finds, whether it fits, and a picture of it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, overflow } from './support/axe.mjs';
import { launch, newPage, picture } from './support/browser.mjs';
import { Desk } from './support/desk.mjs';
import { composer, firstAgent, replies, row } from './support/team.mjs';
import { Visitors } from './support/visitors.mjs';

const WIDTHS = [360, 390, 1024, 1440];

let desk;
let browser;
let maya;
let open;

before(async () => {
  desk = await Desk.open();
  browser = await launch();
  maya = await firstAgent(browser, desk);
  const visitors = await Visitors.open(browser, desk);
  await visitors.arrives('Jonas Brandt', { email: 'jonas@example.org' });
  await visitors.says('Jonas Brandt', 'how long can I return my sofa');
  await visitors.hears('Jonas Brandt', (frame) => frame.author?.kind === 'bot');
  await visitors.asksForPerson('Jonas Brandt');
  await visitors.arrives('Lena Novak', { locale: 'fr' });
  await visitors.says('Lena Novak', 'zxcv qwer asdf');
  await visitors.asksForPerson('Lena Novak');
  await row(maya, 'Jonas Brandt').click();
  await maya.locator('header').getByRole('button', { name: /^Claim/ }).click();
  await replies(maya, 'Hi Jonas, sorry about that leg. Could you send me a photo of it?');
  await maya.getByRole('button', { name: 'Note', exact: true }).click();
  await composer(maya).fill('Third cracked Elm leg this month.');
  await maya.getByRole('button', { name: /^Add note/ }).click();
  await maya.getByRole('button', { name: 'Reply', exact: true }).click();
  await visitors.says('Jonas Brandt', 'It is the front left leg, it cracked');
  await maya.getByRole('button', { name: 'Show what the bot said' }).waitFor();
  open = new URL(maya.url()).hash;
});

after(async () => {
  await browser?.close();
  await desk?.close();
});

const anywhere = async () => {};
const to = (hash) => async (page) => {
  await page.goto(`${desk.url}/console${hash}`);
};

/** Each state: where it is, and what is done to get there. */
const STATES = [
  { name: 'conversation', go: (page) => to(open)(page), then: (page) => page.getByRole('log').getByText('front left').waitFor() },
  { name: 'decision', go: anywhere, then: async (page) => {
    await page.getByRole('button', { name: 'Show what the bot said' }).click();
    await page.getByText(/^Why (this answer|a person|did)/).first().click();
  } },
  { name: 'canned', go: anywhere, then: async (page) => {
    await composer(page).fill('/');
    await page.getByRole('listbox', { name: 'Canned responses' }).waitFor();
  } },
  { name: 'note', go: anywhere, then: async (page) => {
    await composer(page).fill('');
    await page.getByRole('button', { name: 'Note', exact: true }).click();
  } },
  { name: 'command-bar', go: anywhere, then: async (page) => {
    await page.getByRole('button', { name: 'Reply', exact: true }).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('listbox', { name: 'Choices' }).waitFor();
  }, leave: (page) => page.keyboard.press('Escape') },
  { name: 'shortcuts', go: to('#/inbox'), then: async (page) => {
    await page.getByRole('tab', { name: /^Queue/ }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  }, leave: (page) => page.keyboard.press('Escape') },
  { name: 'nothing-open', go: to('#/inbox'), then: async (page) => {
    await page.getByRole('tab', { name: /^Queue/ }).click();
    await row(page, 'Lena Novak').waitFor();
  } },
  { name: 'selected', go: anywhere, then: async (page) => {
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('toolbar', { name: '1 selected' }).waitFor();
  }, leave: (page) => page.keyboard.press('Escape') },
  { name: 'bot', go: anywhere, then: (page) => page.getByRole('tab', { name: /^Bot/ }).click() },
  { name: 'settings', go: to('#/settings/you'), then: (page) => page.getByRole('heading', { name: 'Alerts' }).waitFor() },
  { name: 'canned-settings', go: to('#/settings/canned'), then: (page) => page.getByText('/greeting').waitFor() },
  { name: 'canned-form', go: anywhere, then: (page) => page.getByRole('button', { name: 'New' }).click(), leave: (page) => page.keyboard.press('Escape') },
  { name: 'macros', go: to('#/settings/macros'), then: (page) => page.getByRole('heading', { name: 'Macros' }).waitFor() },
  { name: 'agents', go: to('#/settings/agents'), then: (page) => page.getByText('maya@fernhill.example').waitFor() },
  { name: 'queues', go: to('#/settings/queues'), then: (page) => page.getByRole('heading', { name: 'Queues and hours' }).waitFor() },
  { name: 'audit', go: to('#/settings/audit'), then: (page) => page.getByRole('heading', { name: 'Audit log' }).waitFor() },
  { name: 'team', go: to('#/team'), then: (page) => page.getByRole('heading', { name: 'Agents', exact: true }).waitFor() },
  { name: 'insights', go: to('#/insights'), then: (page) => page.getByText('Solved without a person').waitFor() },
];

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing in ${STATES.length} states, ${theme}`, async () => {
    await maya.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await maya.reload();
    for (const { name, go, then, leave } of STATES) {
      await go(maya);
      await then(maya);
      assert.deepEqual(await findings(maya), [], name);
      await picture(maya, `state-${name}-${theme}-1440`);
      await leave?.(maya);
    }
  });
}

for (const width of WIDTHS) {
  test(`nothing is cut off at ${width} px`, async () => {
    await maya.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await maya.setViewportSize({ width, height: width < 700 ? 780 : 900 });
    for (const name of ['conversation', 'nothing-open', 'settings', 'team', 'insights']) {
      const state = STATES.find((each) => each.name === name);
      await state.go(maya);
      await state.then(maya);
      assert.deepEqual(await overflow(maya), [], name);
      await picture(maya, `state-${name}-light-${width}`);
    }
  });
}

test('at 200 % zoom everything can be reached', async () => {
  // A window of 1280 px at 200 % has room for 640.
  await maya.setViewportSize({ width: 640, height: 400 });
  await to(open)(maya);
  await maya.getByRole('log').getByText('front left').waitFor();
  assert.deepEqual(await overflow(maya), []);
  for (const target of [composer(maya), maya.getByRole('button', { name: /^Resolve/ }), maya.getByRole('button', { name: 'Back to the list' })]) {
    await target.scrollIntoViewIfNeeded();
    assert.ok(await target.isVisible());
  }
  await picture(maya, 'state-zoom');
});

test('before the desk: signing in, and a desk out of reach', async () => {
  const stranger = await newPage(browser, { reducedMotion: 'reduce' });
  await stranger.goto(`${desk.url}/console`);
  await stranger.getByRole('heading', { name: 'Sign in' }).waitFor();
  assert.deepEqual(await findings(stranger), []);
  await picture(stranger, 'state-sign-in');
  await stranger.route('**/api/v1/session', (route) => route.abort());
  await stranger.reload();
  await stranger.getByRole('heading', { name: 'The desk cannot be reached' }).waitFor();
  assert.deepEqual(await findings(stranger), []);
  await picture(stranger, 'state-unreachable');
});

test('nothing went wrong', () => assert.deepEqual(maya.faults, []));
