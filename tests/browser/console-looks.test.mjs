// Every state of the console: what axe finds, whether it fits, and a picture of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findings, overflow } from './support/axe.mjs';
import { isStill, newPage, picture } from './support/browser.mjs';
import { EMPTY_STATES, statesOf } from './support/console-states.mjs';
import { fillDesk } from './support/fernhill.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { composer, firstAgent, replies } from './support/team.mjs';

/** Windows in which every state is looked at; axe in those that are laid out differently. */
const LOOKS = [
  { width: 1440, theme: 'light', isForAxe: true },
  { width: 1440, theme: 'dark', isForAxe: true },
  { width: 1024, theme: 'light', isForAxe: false },
  { width: 390, theme: 'light', isForAxe: true },
  { width: 390, theme: 'dark', isForAxe: false },
  { width: 320, theme: 'light', isForAxe: false },
];

let maya;
let open;

stage({
  async begin() {
    maya = await firstAgent(browser, desk);
  },
});

/** Goes through the states in a window of this size, and looks at each. */
async function look(page, states, { width, theme, isForAxe }) {
  await page.setViewportSize({ width, height: width < 700 ? 780 : 900 });
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.mouse.move(width / 2, 2);
  for (const { name, go, see, leave } of states) {
    await go(page);
    await see(page);
    await isStill(page.locator('html'));
    const what = `${name} at ${width} px, ${theme}`;
    await picture(page, `${name}-${theme}-${width}`);
    assert.deepEqual(await overflow(page), [], what);
    if (isForAxe) assert.deepEqual(await findings(page), [], what);
    await leave?.(page);
  }
}

for (const each of LOOKS) {
  test(`an empty desk at ${each.width} px, ${each.theme}`, () => look(maya, EMPTY_STATES, each));
}

test('a morning at the desk', async () => {
  await maya.setViewportSize({ width: 1440, height: 900 });
  await maya.goto(`${desk.url}/console`);
  ({ open } = await fillDesk(browser, desk, maya));
  await makesKey(maya);
});

async function makesKey(page) {
  await page.evaluate(() => (location.hash = '#/settings/keys'));
  await page.getByRole('button', { name: 'New' }).click();
  await page.fill('[name=name]', 'Nightly report');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByRole('textbox', { name: 'The key' }).waitFor();
  assert.deepEqual(await findings(page), [], 'a new key');
  // The picture is of a key that works nowhere.
  await picture(page, 'new-key-light-1440');
  await page.getByRole('button', { name: 'I have kept it' }).click();
}

for (const each of LOOKS) {
  test(`every state at ${each.width} px, ${each.theme}`, () => look(maya, statesOf(open), each));
}

test('at 200 % zoom everything can be reached', async () => {
  // A window of 1280 px at 200 % has room for 640.
  await maya.setViewportSize({ width: 640, height: 400 });
  await maya.evaluate((hash) => (location.hash = hash), open);
  await maya.getByRole('log').getByText('front left').waitFor();
  assert.deepEqual(await overflow(maya), []);
  for (const target of [composer(maya), maya.getByRole('button', { name: /^Resolve/ }), maya.getByRole('button', { name: 'Back to the list' })]) {
    await target.scrollIntoViewIfNeeded();
    assert.ok(await target.isVisible());
  }
  await picture(maya, 'zoom-light-640');
});

/** Before the desk, each in a page of its own. */
const STRANGERS = [
  { name: 'sign-in', go: (page) => page.goto(`${desk.url}/console`), see: (page) => page.getByRole('heading', { name: 'Sign in' }).waitFor() },
  {
    name: 'sign-in-refused',
    go: async (page) => {
      await page.fill('[name=email]', 'maya@fernhill.example');
      await page.fill('[name=password]', 'not this one');
      await page.getByRole('button', { name: 'Sign in' }).click();
    },
    see: (page) => page.getByRole('alert').filter({ hasText: /\w/ }).waitFor(),
  },
  { name: 'set-up', go: (page) => page.goto(`${desk.url}/console?first#setup=one-time`), see: (page) => page.getByRole('heading', { name: 'Set up your desk' }).waitFor() },
  {
    name: 'unreachable',
    go: async (page) => {
      await page.route('**/api/v1/session', (route) => route.abort());
      await page.goto(`${desk.url}/console`);
    },
    see: (page) => page.getByRole('heading', { name: 'The desk cannot be reached' }).waitFor(),
    leave: (page) => page.unroute('**/api/v1/session'),
  },
];

for (const each of LOOKS.filter(({ width }) => width !== 320)) {
  test(`before the desk at ${each.width} px, ${each.theme}`, async () => look(await newPage(browser), STRANGERS, each));
}

/** A line to the desk that is silent, cut or refuses what is written. */
const line = { mood: 'fine', sockets: new Set() };

async function onBadLine(page) {
  await page.routeWebSocket(/ws\/agent/, (socket) => {
    if (line.mood === 'cut') return socket.close({ code: 1001 });
    if (line.mood === 'silent') return undefined;
    const server = socket.connectToServer();
    line.sockets.add({ socket, server });
    socket.onMessage((text) => {
      const { type, client_id } = JSON.parse(text);
      if (type === 'reply') socket.send(JSON.stringify({ type: 'error', code: 'not_owner', message: 'refused by the story', client_id }));
      else server.send(text);
    });
  });
}

const BAD_LINES = [
  {
    name: 'loading',
    go: async (page) => {
      line.mood = 'silent';
      await page.goto(`${desk.url}/console?loading${open}`);
    },
    see: (page) => page.getByRole('status', { name: 'Loading' }).or(page.getByText('Loading the conversation')).first().waitFor(),
  },
  {
    name: 'not-sent',
    go: async (page) => {
      line.mood = 'fine';
      await page.goto(`${desk.url}/console?line${open}`);
      await page.getByRole('log').getByText('front left').waitFor();
      await replies(page, 'Thank you, that is clear.');
    },
    see: (page) => page.getByText('Not sent.').waitFor(),
    leave: (page) => page.getByRole('button', { name: 'Edit', exact: true }).click(),
  },
  {
    name: 'offline',
    go: async (page) => {
      line.mood = 'cut';
      for (const { socket, server } of line.sockets) {
        await server.close({ code: 1001 });
        await socket.close({ code: 1001 });
      }
      line.sockets.clear();
    },
    see: (page) => page.getByText('No connection.').waitFor(),
    leave: (page) => composer(page).fill(''),
  },
  {
    name: 'page-failed',
    go: async (page) => {
      await page.route('**/api/v1/insights?**', (route) => route.fulfill({ status: 503, json: { code: 'storage_unavailable', message: 'the desk cannot read its data right now' } }));
      await page.evaluate(() => (location.hash = '#/insights'));
    },
    see: (page) => page.getByText('The desk cannot read its data right now.').waitFor(),
  },
];

for (const each of LOOKS.filter(({ width }) => width !== 320)) {
  test(`on a bad line at ${each.width} px, ${each.theme}`, async () => {
    line.mood = 'fine';
    const page = await newPage(browser, { storageState: await maya.context().storageState() });
    await onBadLine(page);
    await look(page, BAD_LINES, each);
    await page.context().close();
  });
}

test('nothing went wrong', () => assert.deepEqual(maya.faults, []));
