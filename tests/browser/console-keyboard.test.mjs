// A whole shift without a mouse.
import assert from 'node:assert/strict';
import { browser, desk, stage } from './support/stage.mjs';
import { composer, firstAgent, row, transcript } from './support/team.mjs';
import { storyTeller } from './support/story.mjs';
import { saidByAgent, Visitors } from './support/visitors.mjs';

let visitors;
let maya;

const story = storyTeller(() => ({ maya }));
const press = (...keys) => keys.reduce((before, key) => before.then(() => maya.keyboard.press(key)), Promise.resolve());
/** What has the focus now. */
const focused = () =>
  maya.evaluate(() => {
    const here = document.activeElement;
    return !here || here === document.body ? '' : (here.getAttribute('aria-label') ?? here.textContent);
  });

stage({
  async begin() {
    maya = await firstAgent(browser, desk);
    visitors = await Visitors.open(browser, desk);
    for (const name of ['Jonas Brandt', 'Lena Novak', 'Oskar Pihl']) {
      await visitors.arrives(name);
      await visitors.says(name, `Hello, I am ${name}`);
      await visitors.asksForPerson(name);
    }
    await row(maya, 'Oskar Pihl').waitFor();
    // From here on nothing is clicked.
    maya.mouse.click = maya.mouse.move = () => assert.fail('no mouse in this story');
  },
});

story('J and K walk through the queue, A claims and opens', async () => {
  await press('j', 'j', 'k');
  assert.match(await focused(), /Jonas Brandt/);
  await press('a');
  await maya.locator('header').getByText('Yours').waitFor();
});

story('R writes a reply, Ctrl Enter sends it, Escape leaves the composer', async () => {
  await press('r');
  await maya.waitForFunction(() => document.activeElement?.id === 'composer-text');
  await maya.keyboard.type('Hello Jonas.');
  await press('Control+Enter');
  await visitors.hears('Jonas Brandt', saidByAgent('Hello Jonas.'));
  await press('Escape');
  assert.notEqual(await maya.evaluate(() => document.activeElement?.id), 'composer-text');
});

story('N writes a note for the team', async () => {
  await press('n');
  await maya.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Note for the team');
  await maya.keyboard.type('Knows the shop');
  await press('Control+Enter');
  await transcript(maya).getByText('Knows the shop').waitFor();
  await press('Escape');
});

story('T tags, from a list that is searched by typing', async () => {
  await press('t');
  await maya.getByRole('combobox', { name: 'Tags' }).waitFor();
  await maya.keyboard.type('damage');
  await press('Enter', 'Escape');
  await row(maya, 'damage').waitFor();
});

story('S snoozes until a time that is written, Z takes it back', async () => {
  await press('s');
  await maya.getByRole('combobox', { name: 'Snooze' }).waitFor();
  await maya.keyboard.type('45m');
  await press('Enter');
  await maya.getByText(/^Snoozed until/).first().waitFor();
  await press('z');
  await maya.locator('header').getByText('Yours').waitFor();
});

story('Ctrl K finds everything, and says which key would have done it', async () => {
  await press('Control+k');
  await maya.getByRole('combobox', { name: 'Search and commands' }).waitFor();
  await maya.keyboard.type('lena');
  await maya.getByRole('option', { name: /Lena Novak/ }).first().waitFor();
  await press('Enter');
  await maya.getByRole('heading', { name: /Lena Novak/ }).waitFor();
});

story('X selects, A claims all that is selected, E resolves them, Z brings them back', async () => {
  await press('Escape', 'j', 'x', 'j', 'x');
  await maya.getByRole('toolbar', { name: '2 selected' }).waitFor();
  await press('a');
  await maya.getByText('3 of').waitFor();
  await press('j', 'x', 'j', 'x', 'e');
  await maya.getByText(/^Resolved: 2 conversations/).waitFor();
  await press('z');
  await maya.getByText('3 of').waitFor();
});

story('Escape and the next key may come faster than the browser tells that a dialog closed', async () => {
  await press('Escape', 'j', 's');
  await maya.getByRole('combobox', { name: 'Snooze' }).waitFor();
  await maya.evaluate(() => {
    document.querySelector('dialog[open]').close();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', shiftKey: true, bubbles: true, cancelable: true }));
  });
  await maya.getByRole('combobox', { name: 'Hand over' }).waitFor();
  await press('Escape');
});

story('G and a second key go to places; ? lists every key; the keys can be switched off', async () => {
  await press('g', ',');
  await maya.getByRole('heading', { name: 'Your desk' }).waitFor();
  await press('g', 'i', '?');
  const dialog = maya.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.waitFor();
  await dialog.getByLabel('Use single keys').focus();
  await press('Space', 'Escape', 'j');
  assert.doesNotMatch(await focused(), /Novak|Brandt|Pihl/, 'a key that is switched off does nothing');
  await press('Control+k');
  await maya.getByRole('combobox', { name: 'Search and commands' }).waitFor();
  await press('Escape');
});

story('Tab reaches the list, the transcript, the composer and the context', async () => {
  await row(maya, 'Jonas Brandt').focus();
  await press('Enter');
  const reached = new Set();
  for (let at = 0; at < 60; at++) {
    await press('Tab');
    reached.add(await focused());
  }
  for (const place of ['Transcript', 'Snooze', 'Search and commands']) assert.ok(reached.has(place), `${place} is reached`);
  assert.ok(reached.has('Note for the team'), 'the composer is reached');
});

story('nothing went wrong', () => assert.deepEqual(maya.faults, []));
