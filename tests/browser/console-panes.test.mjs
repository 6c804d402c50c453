// The panes: how wide they are, what lies over what on small screens, and finding words in the transcript.
import assert from 'node:assert/strict';
import { findings } from './support/axe.mjs';
import { newPage, picture } from './support/browser.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { storyTeller } from './support/story.mjs';
import { claims, composer, firstAgent, replies, row, transcript } from './support/team.mjs';
import { Visitors } from './support/visitors.mjs';

let maya;
let phone;

const story = storyTeller(() => ({ maya, phone }));
const line = (pane) => maya.getByRole('separator', { name: `Width of the ${pane}` });
const list = () => maya.getByRole('region', { name: 'Conversations' });
const context = (page) => page.getByRole('complementary', { name: 'Context' });
const widthOf = async (pane) => Math.round((await pane.boundingBox()).width);

stage({
  async begin() {
    maya = await firstAgent(browser, desk);
    const visitors = await Visitors.open(browser, desk);
    await visitors.arrives('Jonas Brandt');
    await visitors.says('Jonas Brandt', 'how long can I return my sofa');
    await visitors.hears('Jonas Brandt', (frame) => frame.author?.kind === 'bot');
    await visitors.asksForPerson('Jonas Brandt');
    await claims(maya, 'Jonas Brandt');
    await replies(maya, 'The sofa can come back within 30 days. See https://fernhill.example/sofa');
    await transcript(maya).getByText('within 30 days').last().waitFor();
  },
});

story('a pane is made wider with the mouse, and stays so', async () => {
  const before = await widthOf(list());
  const { x, y, height } = await line('list').boundingBox();
  await maya.mouse.move(x + 5, y + height / 2);
  await maya.mouse.down();
  await maya.mouse.move(x + 65, y + height / 2, { steps: 4 });
  await maya.mouse.up();
  await maya.mouse.move(x + 300, y + height / 2);
  assert.equal(await widthOf(list()), before + 60);
  await maya.reload();
  await row(maya, 'Jonas Brandt').waitFor();
  assert.equal(await widthOf(list()), before + 60);
  await line('list').dblclick();
  assert.equal(await widthOf(list()), before);
});

story('and with the keyboard, as far as the transcript allows', async () => {
  const before = await widthOf(context(maya));
  await line('context').focus();
  await maya.keyboard.press('ArrowLeft');
  assert.equal(await widthOf(context(maya)), before + 16);
  assert.equal(await line('context').getAttribute('aria-valuenow'), String(before + 16));
  await maya.keyboard.press('End');
  assert.equal(await widthOf(context(maya)), Number(await line('context').getAttribute('aria-valuemax')));
  assert.ok((await widthOf(transcript(maya))) > 400, 'the transcript keeps its room');
  await picture(maya, 'panes-wide');
  await maya.keyboard.press('Home');
  assert.equal(await widthOf(context(maya)), 280);
});

story('Ctrl F finds words in what was said, also in what is folded, whatever the case', async () => {
  await maya.keyboard.press('Control+f');
  await maya.keyboard.type('RETURN');
  const count = maya.getByRole('search').getByRole('status');
  // Each letter is looked for as it comes: what counts is what is found once the last one is in.
  await maya.waitForFunction(() => [...(CSS.highlights.get('found') ?? [])].some((place) => String(place).toLowerCase() === 'return'));
  const [, at, all] = /(\d+) of (\d+)/.exec(await count.textContent());
  assert.equal(at, all, 'the latest first');
  const marks = () => maya.evaluate(() => ['found', 'found-now'].map((name) => [...CSS.highlights.get(name)].map(String)));
  const [found, now] = await marks();
  assert.equal(found.length, Number(all));
  assert.ok(found.every((words) => words.toLowerCase() === 'return'), found.join());
  assert.equal(now.length, 1);
  const isIn = (author) => maya.evaluate((who) => [...CSS.highlights.get('found')].some((place) => place.startContainer.parentElement.closest(`[data-author=${who}]`)), author);
  assert.ok((await isIn('visitor')) && (await isIn('bot')), 'in the question and in the folded answer');
  assert.equal(await transcript(maya).locator('mark').count(), 0, 'nothing is put into the text');
  await maya.keyboard.press('Enter');
  await count.filter({ hasText: `1 of ${all}` }).waitFor();
  await maya.keyboard.press('Shift+Enter');
  await count.filter({ hasText: `${all} of ${all}` }).waitFor();
  assert.deepEqual(await findings(maya), []);
  await maya.keyboard.type('x');
  await count.filter({ hasText: 'Nothing found' }).waitFor();
  await maya.keyboard.press('Escape');
  await maya.getByRole('search').waitFor({ state: 'detached' });
  assert.equal(await maya.evaluate(() => [...CSS.highlights.get('found')].length), 0);
});

story('on a tablet the context lies over the conversation, and Escape puts it away', async () => {
  await maya.setViewportSize({ width: 820, height: 1000 });
  assert.ok(await context(maya).isHidden());
  await maya.getByRole('button', { name: 'Suggestions and visitor' }).click();
  await context(maya).getByRole('tab', { name: 'Visitor' }).waitFor();
  assert.ok(await transcript(maya).isVisible());
  assert.deepEqual(await findings(maya), []);
  await maya.keyboard.press('Escape');
  await context(maya).waitFor({ state: 'hidden' });
});

/** A finger goes to the right over the middle of the page, in a fifth of a second however slow this machine is. */
async function swipes(page) {
  const finger = await page.context().newCDPSession(page);
  const began = Date.now() / 1000;
  const touch = (type, after, ...touchPoints) => finger.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp: began + after });
  await touch('touchStart', 0, { x: 60, y: 300 });
  await touch('touchMove', 0.1, { x: 150, y: 300 });
  await touch('touchMove', 0.2, { x: 240, y: 302 });
  await touch('touchEnd', 0.2);
}

story('on a phone a swipe goes back: from the context to the conversation, and on to the list', async () => {
  const storageState = await maya.context().storageState();
  phone = await newPage(browser, { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true, storageState });
  await phone.goto(`${desk.url}/console`);
  await row(phone, 'Jonas Brandt').tap();
  await transcript(phone).getByText('within 30 days').last().waitFor();
  assert.ok(await row(phone, 'Jonas Brandt').isHidden(), 'one pane at a time');
  await phone.getByRole('button', { name: 'Suggestions and visitor' }).tap();
  await context(phone).waitFor();
  assert.equal(await widthOf(context(phone)), 390);
  await swipes(phone);
  await context(phone).waitFor({ state: 'hidden' });
  await composer(phone).waitFor();
  await swipes(phone);
  await row(phone, 'Jonas Brandt').waitFor();
});

story('so do the buttons, and the browser’s own back', async () => {
  await row(phone, 'Jonas Brandt').tap();
  await phone.getByRole('button', { name: 'Suggestions and visitor' }).tap();
  await phone.getByRole('button', { name: 'Back to the conversation' }).tap();
  await context(phone).waitFor({ state: 'hidden' });
  await phone.getByRole('button', { name: 'Back to the list' }).tap();
  await row(phone, 'Jonas Brandt').waitFor();
  await row(phone, 'Jonas Brandt').tap();
  await phone.getByRole('button', { name: 'Suggestions and visitor' }).tap();
  await context(phone).waitFor();
  await phone.goBack();
  await context(phone).waitFor({ state: 'hidden' });
  await phone.goBack();
  await row(phone, 'Jonas Brandt').waitFor();
});

story('nothing went wrong', () => assert.deepEqual([...maya.faults, ...phone.faults], []));
