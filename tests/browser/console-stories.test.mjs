// Two agents and three visitors: what must not go wrong between them.
import assert from 'node:assert/strict';
import { newPage, picture } from './support/browser.mjs';
import { Line } from './support/line.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { anotherAgent, claims, composer, firstAgent, MAYA, replies, row, TOM, transcript } from './support/team.mjs';
import { storyTeller } from './support/story.mjs';
import { saidByAgent, Visitors } from './support/visitors.mjs';

let visitors;
let maya;
let tom;

const story = storyTeller(() => ({ maya, tom }));

const line = new Line();

stage({
  async begin() {
    maya = await firstAgent(browser, desk, { permissions: ['clipboard-read', 'clipboard-write'], onPage: (page) => line.between(page) });
    tom = await anotherAgent(browser, desk);
    visitors = await Visitors.open(browser, desk);
    await visitors.arrives('Jonas Brandt', { email: 'jonas@example.org' });
    await visitors.arrives('Lena Novak');
    await visitors.arrives('Oskar Pihl', { locale: 'fr' });
  },
});

story('two agents claim at the same moment: one has it, the other is told who', async () => {
  await visitors.says('Lena Novak', 'The courier says the address is wrong');
  await visitors.asksForPerson('Lena Novak');
  for (const page of [maya, tom]) await row(page, 'Lena Novak').click();
  await Promise.all([maya, tom].map((page) => page.locator('header').getByRole('button', { name: /^Claim/ }).click()));
  const losesTo = (page, name) => page.getByText(`With ${name}`).waitFor().then(() => page);
  const loser = await Promise.any([losesTo(maya, TOM.name), losesTo(tom, MAYA.name)]);
  const winner = loser === maya ? tom : maya;
  await winner.locator('header').getByText('Yours').waitFor();
  assert.equal(await row(loser, 'Lena Novak').count(), 0, 'it is in nobody else’s list');
  await replies(winner, 'I have corrected the address.');
  await visitors.hears('Lena Novak', saidByAgent('I have corrected the address.'));
  await winner.keyboard.press('Escape');
  await winner.keyboard.press('Escape');
});

story('who claims a moment too late is told who took it', async () => {
  await visitors.says('Oskar Pihl', 'est-ce que vous livrez en Corse ?');
  await visitors.asksForPerson('Oskar Pihl');
  for (const page of [maya, tom]) await row(page, 'Oskar Pihl').click();
  line.hold();
  await tom.locator('header').getByRole('button', { name: /^Claim/ }).click();
  await visitors.hears('Oskar Pihl', (frame) => frame.type === 'event' && frame.kind === 'claimed');
  await maya.locator('header').getByRole('button', { name: /^Claim/ }).click();
  await maya.locator('header').getByText('Yours').waitFor();
  line.letGo();
  await maya.getByRole('status', { name: 'Messages' }).getByText('Tom Baker took it.').waitFor();
  await maya.locator('header').getByText('With Tom Baker').waitFor();
  await picture(maya, 'console-claim-lost');
  await tom.getByRole('button', { name: 'More' }).click();
  await tom.getByRole('menuitem', { name: 'Release to the queue' }).click();
  await row(maya, 'Oskar Pihl').waitFor();
});

story('an agent sees that a colleague looks at the same conversation, and writes', async () => {
  await visitors.says('Jonas Brandt', 'how long can I return my sofa');
  await visitors.asksForPerson('Jonas Brandt');
  for (const page of [maya, tom]) await row(page, 'Jonas Brandt').click();
  await maya.getByText('Tom Baker is viewing').waitFor();
  await composer(tom).pressSequentially('Hello Jonas');
  await maya.getByText('Tom Baker is typing a reply').waitFor();
  await picture(maya, 'console-collision');
  await composer(tom).fill('');
  await claims(maya, 'Jonas Brandt');
});

story('what is written belongs to its conversation and mode, also after a reload', async () => {
  // Once the pointer is over the list, what is new waits behind a button.
  await row(maya, 'Oskar Pihl').waitFor();
  await row(maya, 'Jonas Brandt').click();
  await composer(maya).fill('Dear Jonas, 30 days');
  await row(maya, 'Oskar Pihl').click();
  assert.equal(await composer(maya).inputValue(), '', 'nothing moved to the other visitor');
  await row(maya, 'Draft: Dear Jonas, 30 days').waitFor();
  await maya.reload();
  await row(maya, 'Jonas Brandt').click();
  await maya.getByRole('button', { name: 'Note', exact: true }).click();
  assert.equal(await composer(maya).inputValue(), '', 'a note is no reply');
  await maya.getByRole('button', { name: 'Reply', exact: true }).click();
  assert.equal(await composer(maya).inputValue(), 'Dear Jonas, 30 days');
  await composer(maya).fill('');
});

story('a canned response is found by a few letters and filled with what is known', async () => {
  await composer(maya).pressSequentially('/greet');
  await maya.getByRole('option', { name: /\/greeting/ }).waitFor();
  await picture(maya, 'console-canned');
  await composer(maya).press('Enter');
  const text = await composer(maya).inputValue();
  assert.match(text, /Jonas/);
  assert.doesNotMatch(text, /\{\{/);
  await composer(maya).press('Control+Enter');
  await visitors.hears('Jonas Brandt', saidByAgent(text.trim()));
});

story('suggestions follow the visitor’s messages, and one key puts the best into the reply', async () => {
  await visitors.says('Jonas Brandt', 'a leg is cracked, can I get spare parts under guarantee');
  const best = maya.getByRole('complementary', { name: 'Context' }).getByRole('listitem').first();
  await best.getByRole('link', { name: 'Spare parts under guarantee' }).waitFor();
  await composer(maya).press('Escape');
  await maya.keyboard.press('1');
  await maya.waitForFunction(() => document.getElementById('composer-text').value.length > 20);
  const text = await composer(maya).inputValue();
  await composer(maya).press('Control+Enter');
  await visitors.hears('Jonas Brandt', saidByAgent(text.trim()));
});

story('a note calls a colleague and never reaches the visitor', async () => {
  await maya.getByRole('button', { name: 'Note', exact: true }).click();
  await composer(maya).pressSequentially('@tom');
  await composer(maya).press('Enter');
  await composer(maya).pressSequentially('third cracked leg, batch SECRET-4711');
  await maya.getByRole('button', { name: /^Add note/ }).click();
  await row(tom, 'Jonas Brandt').or(tom.getByText('SECRET-4711')).first().waitFor();
  await transcript(tom).getByText('SECRET-4711').waitFor();
  await picture(maya, 'console-note');
  await maya.getByRole('button', { name: 'Reply', exact: true }).click();
  await replies(maya, 'A new leg is on its way.');
  await visitors.hears('Jonas Brandt', saidByAgent('A new leg is on its way.'));
  assert.doesNotMatch(JSON.stringify(await visitors.frames('Jonas Brandt')), /SECRET-4711/);
});

story('a reply that lands while another is written must be answered with “Send anyway”', async () => {
  await composer(maya).fill('I think you should');
  await tom.getByRole('button', { name: 'Take over' }).click();
  await tom.locator('header').getByText('Yours').waitFor();
  await replies(tom, 'Tom here, I have booked the courier.');
  await maya.getByText('Tom Baker has this conversation').waitFor();
  assert.equal(await composer(maya).inputValue(), 'I think you should', 'the words are still there');
  await composer(tom).press('Escape');
  await tom.keyboard.press('Shift+A');
  await tom.getByRole('option', { name: /Maya Kern/ }).click();
  await tom.getByLabel(/What should they know/).fill('Jonas asked for you');
  await tom.getByRole('button', { name: 'Hand over', exact: true }).click();
  await maya.getByText('Tom Baker replied while you were writing').waitFor({ timeout: 20_000 });
  await transcript(maya).getByText('Jonas asked for you').waitFor();
  await picture(maya, 'console-send-anyway');
  await maya.getByRole('button', { name: /^Send anyway/ }).click();
  await visitors.hears('Jonas Brandt', saidByAgent('I think you should'));
});

story('a supervisor takes over from the bot, which is silent from then on', async () => {
  await visitors.sends('Oskar Pihl', { type: 'withdraw' });
  await tom.getByRole('tab', { name: /^Bot/ }).click();
  await row(tom, 'Oskar Pihl').click();
  await tom.getByRole('button', { name: /^Take over/ }).click();
  await tom.locator('header').getByText('Yours').waitFor();
  await visitors.says('Oskar Pihl', 'how long can I return my sofa');
  await replies(tom, 'Bonjour Oskar.');
  await visitors.hears('Oskar Pihl', saidByAgent('Bonjour Oskar.'));
  const frames = await visitors.frames('Oskar Pihl');
  const claimed = frames.findIndex((frame) => frame.kind === 'claimed');
  assert.ok(claimed > 0);
  assert.ok(!frames.slice(claimed).some((frame) => frame.author?.kind === 'bot'), 'the bot said nothing more');
  await tom.getByRole('tab', { name: /^Queue/ }).click();
});

story('an agent loses the network: what was written is sent, what was missed is there, once', async () => {
  await line.cut();
  await maya.getByText('No connection.').waitFor();
  await picture(maya, 'console-offline');
  for (const number of [1, 2, 3, 4, 5]) await visitors.says('Jonas Brandt', `missed ${number}`);
  await composer(maya).fill('Written without a network');
  await composer(maya).press('Control+Enter');
  await transcript(maya).getByText('Sending').waitFor();
  line.mend();
  await maya.getByRole('button', { name: 'Try now' }).click();
  await visitors.hears('Jonas Brandt', saidByAgent('Written without a network'));
  await transcript(maya).getByText('missed 5').waitFor();
  for (const number of [1, 2, 3, 4, 5]) {
    assert.equal(await transcript(maya).getByText(`missed ${number}`).count(), 1, 'once');
  }
  assert.equal(await transcript(maya).getByText('Written without a network').count(), 1, 'sent once');
  await maya.getByText('No connection.').waitFor({ state: 'detached' });
});

story('what sleeps wakes when the visitor writes; what was resolved by mistake comes back', async () => {
  await composer(maya).press('Escape');
  await maya.keyboard.press('e');
  await maya.getByText('Resolved').first().waitFor();
  await maya.keyboard.press('z');
  await row(maya, 'Jonas Brandt').waitFor();
  await row(maya, 'Jonas Brandt').click();
  await maya.keyboard.press('s');
  await maya.getByRole('option', { name: /until the visitor writes/ }).click();
  await maya.getByRole('tab', { name: /^Snoozed/ }).click();
  await row(maya, 'Jonas Brandt').waitFor();
  await picture(maya, 'console-snoozed');
  await visitors.hears('Jonas Brandt', (frame) => frame.type === 'status' && frame.status === 'snoozed');
  await visitors.says('Jonas Brandt', 'one more question');
  await maya.getByRole('tab', { name: /^Queue/ }).click();
  await row(maya, 'one more question').waitFor();
});

story('what sleeps until a time wakes at that time', async () => {
  await row(maya, 'one more question').click();
  await transcript(maya).focus();
  await maya.keyboard.press('s');
  await maya.getByRole('combobox', { name: 'Snooze' }).fill('0.05m');
  await maya.getByRole('option', { name: /^until/ }).click();
  await visitors.hears('Jonas Brandt', (frame) => frame.type === 'event' && frame.kind === 'woken');
  await maya.locator('header').getByText('Yours').waitFor();
});

story('what was begun on one screen is there on another', async () => {
  await composer(maya).fill('Begun at the desk');
  await maya.waitForResponse((answer) => answer.url().endsWith('/draft') && answer.ok());
  const phone = await newPage(browser, { viewport: { width: 390, height: 780 }, storageState: await cookies(maya) });
  await phone.goto(`${desk.url}/console`);
  await row(phone, 'Draft: Begun at the desk').click();
  assert.equal(await composer(phone).inputValue(), 'Begun at the desk');
  assert.deepEqual(phone.faults, []);
});

/** Who is signed in, without what the browser keeps besides. */
async function cookies(page) {
  return { ...(await page.context().storageState()), origins: [] };
}

story('nothing went wrong in any page', () => {
  assert.deepEqual([...maya.faults, ...tom.faults, ...visitors.page.faults], []);
});
