// The states of the console, in an order in which each can be reached from the one before.
import { composer, row } from './team.mjs';

const press = (...keys) => async (page) => {
  for (const key of keys) await page.keyboard.press(key);
};
const escape = press('Escape');
const click = (role, name) => (page) => page.getByRole(role, { name }).first().click();
const tab = (name) => click('tab', name);
const heading = (name) => (page) => page.getByRole('heading', { name, exact: true }).first().waitFor();
const to = (hash) => (page) => page.evaluate((next) => (location.hash = next), hash);

/** Does one thing after the other. */
const steps = (...all) => async (page) => {
  for (const each of all) await each(page);
};

/** Where the context lies over the conversation, it is opened first. */
async function openContext(page) {
  const opener = page.getByRole('button', { name: 'Suggestions and visitor' });
  const isClosed = (await opener.isVisible()) && (await opener.getAttribute('aria-expanded')) === 'false';
  if (isClosed) await opener.click();
}

async function closeContext(page) {
  const closer = page.getByRole('button', { name: 'Back to the conversation' });
  if (await closer.isVisible()) await closer.click();
}

const showTab = (name) => steps(openContext, tab(name));

/** Before anybody wrote. */
export const EMPTY_STATES = [
  { name: 'empty-queue', go: to('#/inbox'), see: (page) => page.getByText('Nobody is waiting').first().waitFor() },
  { name: 'empty-snoozed', go: tab(/^Snoozed/), see: (page) => page.getByText('Nothing sleeps').waitFor() },
  { name: 'empty-done', go: tab(/^Done/), see: (page) => page.getByText('Nothing is done yet').waitFor(), leave: tab(/^Queue/) },
  { name: 'empty-macros', go: to('#/settings/macros'), see: (page) => page.getByText('There are none yet').waitFor() },
  { name: 'empty-keys', go: to('#/settings/keys'), see: (page) => page.getByText('There are none yet').waitFor() },
  { name: 'empty-insights', go: to('#/insights'), see: (page) => page.getByText('Nobody asked for a person').waitFor() },
  { name: 'empty-team', go: to('#/team'), see: (page) => page.getByText('Nobody has a conversation.').waitFor() },
];

/** In the middle of a morning; `open` is the address of the conversation with Jonas. */
export function statesOf(open) {
  return [
    { name: 'inbox', go: steps(to('#/inbox'), tab(/^Queue/)), see: (page) => row(page, 'Lena Novak').waitFor() },
    {
      name: 'selected',
      go: press('j', 'x', 'j', 'x'),
      see: (page) => page.getByRole('toolbar', { name: '2 selected' }).waitFor(),
      leave: escape,
    },
    { name: 'views', go: click('button', 'Views'), see: (page) => page.getByRole('menu', { name: 'Views' }).waitFor() },
    { name: 'view-form', go: click('menuitem', 'New view'), see: (page) => page.getByRole('dialog', { name: 'New view' }).waitFor(), leave: escape },
    { name: 'bot', go: tab(/^Bot/), see: (page) => row(page, 'Rosa Marin').waitFor() },
    { name: 'done', go: tab(/^Done/), see: (page) => row(page, 'Jonas Brandt').waitFor(), leave: tab(/^Queue/) },
    { name: 'conversation', go: to(open), see: (page) => page.getByRole('log').getByText('front left').waitFor() },
    {
      name: 'unfolded',
      go: click('button', 'Show what the bot said'),
      see: (page) => page.getByRole('button', { name: 'Hide what the bot said' }).waitFor(),
    },
    {
      name: 'decision',
      go: (page) => page.locator('summary').filter({ hasText: /^.*(Why)/ }).last().click(),
      see: (page) => page.getByRole('region', { name: 'Articles that were considered' }).waitFor(),
      leave: steps((page) => page.locator('details[open] summary').click(), click('button', 'Hide what the bot said')),
    },
    {
      name: 'find',
      go: steps(press('Control+f'), (page) => page.keyboard.type('leg')),
      see: (page) => page.getByRole('search').getByText(/^\d of \d$/).waitFor(),
      leave: escape,
    },
    { name: 'canned', go: (page) => composer(page).fill('/'), see: (page) => page.getByRole('listbox', { name: 'Canned responses' }).waitFor(), leave: (page) => composer(page).fill('') },
    {
      name: 'note',
      go: (page) => page.getByRole('button', { name: 'Note', exact: true }).click(),
      see: (page) => page.getByRole('textbox', { name: 'Note for the team' }).waitFor(),
    },
    {
      name: 'mention',
      go: (page) => composer(page).fill('@'),
      see: (page) => page.getByRole('option', { name: /Tom Baker/ }).waitFor(),
      leave: steps((page) => composer(page).fill(''), (page) => page.getByRole('button', { name: 'Reply', exact: true }).click()),
    },
    { name: 'more', go: click('button', 'More'), see: (page) => page.getByRole('menu', { name: 'More' }).waitFor(), leave: escape },
    { name: 'suggestions', go: showTab('Suggestions'), see: (page) => page.getByRole('heading', { name: 'What the bot tried' }).waitFor() },
    { name: 'visitor', go: showTab('Visitor'), see: (page) => page.getByRole('heading', { name: 'Notes on this visitor' }).waitFor() },
    { name: 'history', go: showTab(/^History/), see: (page) => page.getByText('Rated 4 of 5').waitFor(), leave: steps(tab('Suggestions'), closeContext) },
    { name: 'command-bar', go: press('Control+k'), see: (page) => page.getByRole('listbox', { name: 'Choices' }).waitFor() },
    {
      name: 'search',
      go: (page) => page.getByRole('combobox', { name: 'Search and commands' }).fill('sofa'),
      see: (page) => page.getByRole('option', { name: /Jonas Brandt/ }).first().waitFor(),
      leave: escape,
    },
    { name: 'snooze', go: steps((page) => page.getByRole('log').focus(), press('s')), see: (page) => page.getByRole('combobox', { name: 'Snooze' }).waitFor(), leave: escape },
    { name: 'hand-over', go: press('Shift+A'), see: (page) => page.getByRole('option', { name: /Tom Baker/ }).waitFor() },
    { name: 'hand-over-why', go: click('option', /Tom Baker/), see: (page) => page.getByLabel(/What should they know/).waitFor(), leave: escape },
    { name: 'shortcuts', go: press('?'), see: (page) => page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor(), leave: escape },
    { name: 'insights', go: to('#/insights'), see: (page) => page.getByRole('button', { name: /^(Write article|Add wording)/ }).first().waitFor() },
    {
      name: 'write-article',
      go: click('button', /^(Write article|Add wording)/),
      see: (page) => page.getByRole('dialog').getByRole('button', { name: 'Copy' }).waitFor(),
      leave: escape,
    },
    { name: 'team', go: to('#/team'), see: (page) => page.getByText('Samira Aziz').first().waitFor() },
    { name: 'settings', go: to('#/settings/you'), see: heading('Alerts') },
    { name: 'canned-settings', go: to('#/settings/canned'), see: (page) => page.getByText('/greeting').waitFor() },
    { name: 'canned-form', go: click('button', 'New'), see: (page) => page.getByRole('dialog', { name: 'New canned response' }).waitFor(), leave: escape },
    { name: 'macro-form', go: steps(to('#/settings/macros'), heading('Macros'), click('button', 'New')), see: (page) => page.getByRole('dialog', { name: 'New macro' }).waitFor(), leave: escape },
    { name: 'agents', go: to('#/settings/agents'), see: (page) => page.getByText('maya@fernhill.example').waitFor() },
    { name: 'agent-form', go: click('button', 'Change Tom Baker'), see: (page) => page.getByRole('dialog', { name: 'Change Tom Baker' }).waitFor(), leave: escape },
    { name: 'queues', go: to('#/settings/queues'), see: (page) => page.getByText('always open').waitFor() },
    { name: 'queue-form', go: click('button', /^Change /), see: (page) => page.getByRole('dialog').getByLabel('Monday').waitFor(), leave: escape },
    { name: 'keys', go: to('#/settings/keys'), see: (page) => page.getByText('Nightly report').first().waitFor() },
    { name: 'key-form', go: click('button', 'New'), see: (page) => page.getByRole('dialog', { name: 'New API key' }).waitFor(), leave: escape },
    { name: 'audit', go: to('#/settings/audit'), see: (page) => page.getByRole('row').nth(1).waitFor() },
  ];
}
