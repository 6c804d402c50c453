// Small things that agents ask for, and what an administrator sets.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { picture } from './support/browser.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { storyTeller } from './support/story.mjs';
import { claims, composer, firstAgent, replies, row, transcript } from './support/team.mjs';
import { saidByAgent, Visitors } from './support/visitors.mjs';

let visitors;
let maya;

const story = storyTeller(() => ({ maya }));
const option = (name) => maya.getByRole('option', { name }).first();
const goTo = (hash) => maya.goto(`${desk.url}/console${hash}`);
const keep = () => maya.getByRole('button', { name: 'Keep', exact: true }).click();

stage({
  async begin() {
    maya = await firstAgent(browser, desk, { permissions: ['clipboard-read', 'clipboard-write', 'notifications'] });
    visitors = await Visitors.open(browser, desk);
    await visitors.arrives('Jonas Brandt', {
      email: 'jonas@example.org', timeZone: 'America/New_York', referrer: 'https://search.example/', attributes: { plan: 'pro' },
    });
    await visitors.sends('Jonas Brandt', { type: 'page', url: 'https://fernhill.example/returns', title: 'Returns' });
    await visitors.says('Jonas Brandt', 'how long can I return my sofa');
    await visitors.hears('Jonas Brandt', (frame) => frame.author?.kind === 'bot');
    await visitors.asksForPerson('Jonas Brandt');
    await claims(maya, 'Jonas Brandt');
  },
});

story('beside the transcript stands what the agent need not ask', async () => {
  const context = maya.getByRole('complementary', { name: 'Context' });
  await context.getByText('Asked for a person.').waitFor();
  const tried = context.locator('[aria-labelledby=tried-title]');
  await tried.getByRole('link').first().waitFor();
  assert.equal(await tried.locator('ol > li').count(), 3, 'three candidates');
  assert.match(await tried.innerText(), /it answers from 0\.\d\d/);
  const facts = await context.locator('dl').innerText();
  for (const fact of [/plan\s+pro/, /Local time\s+\d\d:\d\d, New York/, /Device\s+Chrome, \w+/]) assert.match(facts, fact);
  const pages = context.locator('[aria-labelledby=pages-title]');
  assert.deepEqual(await pages.locator('li span').allInnerTexts(), ['Returns', 'Elm sofa, 3 seats']);
  await pages.getByText('Came from https://search.example/').waitFor();
});

story('no row moves under the pointer: who is new waits behind “1 new”', async () => {
  await row(maya, 'Jonas Brandt').hover();
  const before = await row(maya, 'Jonas Brandt').boundingBox();
  await visitors.arrives('Lena Novak');
  await visitors.says('Lena Novak', 'is the turquoise armchair back in stock');
  await visitors.asksForPerson('Lena Novak');
  await maya.getByRole('button', { name: '1 new', exact: true }).waitFor();
  assert.deepEqual(await row(maya, 'Jonas Brandt').boundingBox(), before);
  await maya.getByRole('button', { name: '1 new', exact: true }).click();
  await row(maya, 'Lena Novak').waitFor();
});

story('what was written once is kept as a canned response, for oneself', async () => {
  await composer(maya).fill('Thank you {{visitor.first_name}}, your {{part}} leaves today.');
  await maya.getByRole('button', { name: 'Send options' }).click();
  await maya.getByRole('menuitem', { name: 'Keep as a canned response' }).click();
  await maya.fill('[name=shortcut]', 'leaves-today');
  await maya.fill('[name=title]', 'A part is on its way');
  await keep();
  await composer(maya).fill('');
  await composer(maya).pressSequentially('/leaves');
  await maya.getByRole('option', { name: /leaves-today/ }).waitFor();
  await composer(maya).press('Enter');
  assert.equal(await composer(maya).inputValue(), 'Thank you Jonas, your {{part}} leaves today.');
});

story('a gap is filled in before it is sent', async () => {
  await composer(maya).press('Control+Enter');
  await maya.getByText('Fill in {{part}} first.').waitFor();
  await maya.keyboard.type('new leg');
  await composer(maya).press('Control+Enter');
  await visitors.hears('Jonas Brandt', saidByAgent('Thank you Jonas, your new leg leaves today.'));
});

story('a reply can be called back for some seconds, if one likes', async () => {
  await goTo('#/settings/you');
  await maya.getByLabel('5 s').check();
  await maya.goBack();
  await replies(maya, 'Sent too soon');
  await maya.getByRole('button', { name: /^Undo/ }).click();
  assert.equal(await composer(maya).inputValue(), 'Sent too soon');
  await goTo('#/settings/you');
  await maya.getByLabel('not at all').check();
  await maya.goBack();
  await composer(maya).fill('');
  assert.doesNotMatch(JSON.stringify(await visitors.frames('Jonas Brandt')), /Sent too soon/);
});

story('the alerts can be tried out', async () => {
  await goTo('#/settings/you');
  await maya.getByRole('button', { name: 'Test the alerts' }).click();
  await maya.getByText(/You should have heard two notes|plays no sound/).waitFor();
  await maya.goBack();
});

story('a link points at one message', async () => {
  await transcript(maya).getByText('your new leg leaves today').hover();
  await transcript(maya).getByRole('button', { name: 'Copy link to this message' }).last().click();
  await maya.getByText('Link copied.').waitFor();
  const link = await maya.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#\/inbox\/[\w-]+\/\d+$/);
  await maya.goto(link);
  await maya.locator('[data-linked=true]').waitFor();
});

story('a word about the visitor is there in every later conversation', async () => {
  await maya.getByRole('tab', { name: 'Visitor' }).click();
  await maya.getByRole('textbox', { name: 'Note on this visitor' }).fill('Prefers the afternoon');
  await maya.getByRole('button', { name: 'Keep note' }).click();
  await maya.getByText('Prefers the afternoon').waitFor();
  await picture(maya, 'console-visitor');
});

story('“the bot was wrong” and “flag” reach the editors', async () => {
  await maya.getByRole('tab', { name: 'Suggestions' }).click();
  await visitors.says('Jonas Brandt', 'a leg is cracked, can I get spare parts under guarantee');
  await maya.getByRole('button', { name: /^Bot was wrong.*Spare parts under guarantee/ }).click();
  await maya.getByText('The bot learns this').waitFor();
  await maya.getByRole('button', { name: 'Flag' }).click();
  await maya.getByText('The editors see this question now.').waitFor();
  await maya.getByRole('button', { name: 'Write it' }).click();
  const file = maya.getByRole('dialog', { name: 'Write an article' });
  assert.match(await file.getByLabel('The file').inputValue(), /^---\ntitle: "a leg is cracked, can I get spare parts under guarantee"\n/);
  await maya.keyboard.press('Escape');
  await goTo('#/insights');
  const flagged = maya.locator('[aria-labelledby=labels-title] table');
  await flagged.getByText('No article yet').waitFor();
  await flagged.getByText('warranty/spare-parts').waitFor();
  await picture(maya, 'console-insights');
  await maya.goBack();
});

story('what visitors ask in vain becomes an article’s file, to copy or to save', async () => {
  await visitors.arrives('Nils Berg');
  await visitors.says('Nils Berg', 'which football club won on sunday');
  await visitors.hears('Nils Berg', (frame) => frame.author?.kind === 'bot');
  await goTo('#/insights');
  const gap = maya.locator('[aria-labelledby=gaps-title]').getByRole('row', { name: /which football club/ });
  assert.match(await gap.innerText(), /\t0\.\d\d\t/, 'how near the best article was');
  await gap.getByRole('button', { name: /^Write article/ }).click();
  const dialog = maya.getByRole('dialog', { name: 'Write an article' });
  await dialog.getByLabel('Title').fill('Who won the cup?');
  const text = await dialog.getByLabel('The file').inputValue();
  assert.match(text, /^---\ntitle: "Who won the cup\?"\nquestions:\n {2}- "which football club won on sunday"\nlocale: en\ndraft: true/);
  await dialog.getByRole('button', { name: 'Copy' }).click();
  assert.equal(await maya.evaluate(() => navigator.clipboard.readText()), text);
  const [file] = await Promise.all([maya.waitForEvent('download'), dialog.getByRole('button', { name: 'Download' }).click()]);
  assert.equal(file.suggestedFilename(), 'who-won-the-cup.md');
  assert.equal(await readFile(await file.path(), 'utf8'), text);
  await maya.keyboard.press('Escape');
  await maya.getByRole('button', { name: /^Add wording for which football club/ }).click();
  const wording = maya.getByRole('dialog', { name: 'Add wording' });
  assert.equal(await wording.getByLabel('Lines to add').inputValue(), 'questions:\n  - "which football club won on sunday"\n');
  await wording.getByText(/^Put these lines into the front matter of \S+\.md,/).waitFor();
  await maya.keyboard.press('Escape');
  await goTo('#/inbox');
});

story('a macro replies, tags and resolves in one step', async () => {
  await goTo('#/settings/macros');
  await maya.getByRole('button', { name: 'New' }).click();
  await maya.fill('[name=name]', 'Leg sent');
  await maya.fill('[name=reply]', 'Your leg is on its way, {{visitor.first_name}}.');
  await maya.fill('[name=tags]', 'damage, elm');
  await maya.getByLabel('Resolve').check();
  await keep();
  await maya.getByText('reply “Your leg is on its way').waitFor();
  await maya.goBack();
  await row(maya, 'Jonas Brandt').click();
  await maya.keyboard.press('m');
  await option(/Leg sent/).click();
  await visitors.hears('Jonas Brandt', saidByAgent('Your leg is on its way, Jonas.'));
  await visitors.hears('Jonas Brandt', (frame) => frame.type === 'status' && frame.status === 'resolved');
});

story('what was said in a conversation that is done is found again', async () => {
  await goTo('#/inbox');
  await maya.keyboard.press('Control+k');
  await maya.getByRole('combobox', { name: 'Search and commands' }).fill('tag:elm guarantee');
  await option(/Jonas Brandt.*Resolved.*damage/).click();
  await transcript(maya).getByText('Your leg is on its way, Jonas.').waitFor();
});

story('a view narrows the list to what one looks after, and is kept', async () => {
  await maya.getByRole('button', { name: 'Views' }).click();
  await maya.getByRole('menuitem', { name: 'New view' }).click();
  await maya.fill('[name=name]', 'In French');
  await maya.fill('[name=language]', 'fr');
  await keep();
  await maya.getByRole('heading', { name: /In French/ }).waitFor();
  await maya.getByText('Nobody in this view').waitFor();
  await maya.reload();
  await maya.getByText('Nobody in this view').waitFor();
  await maya.getByRole('button', { name: 'Show everything' }).click();
  await row(maya, 'Lena Novak').waitFor();
});

story('an administrator makes a key for a program; it works until it is revoked', async () => {
  await goTo('#/settings/keys');
  await maya.getByRole('button', { name: 'New' }).click();
  await maya.fill('[name=name]', 'Nightly report');
  await maya.getByLabel('Role').selectOption('supervisor');
  await maya.getByRole('button', { name: 'Make the key' }).click();
  const secret = await maya.getByRole('textbox', { name: 'The key' }).inputValue();
  const asks = async () => (await fetch(`${desk.url}/api/v1/insights`, { headers: { authorization: `Bearer ${secret}` } })).status;
  assert.equal(await asks(), 200);
  await maya.getByRole('button', { name: 'Copy' }).click();
  await maya.getByText('The key is copied.').waitFor();
  assert.equal(await maya.evaluate(() => navigator.clipboard.readText()), secret);
  await maya.getByRole('button', { name: 'I have kept it' }).click();
  const listed = maya.getByRole('listitem').filter({ hasText: 'Nightly report' });
  await listed.getByText('Supervisor').waitFor();
  await listed.getByText('Looking only').waitFor();
  assert.ok(!(await maya.content()).includes(secret), 'nobody sees it again');
  await listed.getByRole('button', { name: /^Revoke/ }).click();
  await maya.getByRole('button', { name: 'Revoke it' }).click();
  await listed.getByText('Revoked').waitFor();
  assert.equal(await asks(), 401);
});

story('an administrator makes an agent and a queue with hours, and the log says who', async () => {
  await goTo('#/settings/agents');
  await maya.getByRole('button', { name: 'New' }).click();
  await maya.fill('[name=name]', 'Ada Berg');
  await maya.fill('[name=email]', 'ada@fernhill.example');
  await maya.fill('[name=password]', 'a long enough one');
  await keep();
  await maya.getByText('ada@fernhill.example').waitFor();
  await goTo('#/settings/queues');
  await maya.getByRole('button', { name: 'New' }).click();
  await maya.fill('[name=title]', 'Orders');
  await maya.locator('dialog [name=name]').fill('orders');
  await maya.getByLabel('Ada Berg').check();
  for (const day of ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']) await maya.fill(`[name=${day}]`, '9-12:30, 14-18');
  await maya.fill('[name=time_zone]', 'Europe/Berlin');
  await keep();
  await maya.getByText('Mon to Fri 09:00–12:30, 14:00–18:00').waitFor();
  await picture(maya, 'console-queues');
  await goTo('#/settings/audit');
  await maya.getByText('queue added').waitFor();
});

story('a supervisor sees who waits, for how long, and who is there', async () => {
  await goTo('#/team');
  await maya.getByText('Lena Novak').first().waitFor();
  await maya.getByText('1 of 2').waitFor();
  await maya.getByText('Nobody has a conversation.').waitFor();
  await maya.getByRole('button', { name: 'Claim' }).click();
  await goTo('#/team');
  const held = maya.locator('[aria-labelledby=held-title]');
  await held.getByText('You: is the turquoise armchair back in stock').waitFor();
  assert.equal(await held.getByRole('listitem').count(), 1, 'as many as the figure says');
  await picture(maya, 'console-team');
});

story('nothing went wrong', () => assert.deepEqual([...maya.faults, ...visitors.page.faults], []));
