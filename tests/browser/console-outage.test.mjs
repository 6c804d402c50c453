// An agent is late, or without a network for longer than the desk waits for them.
import assert from 'node:assert/strict';
import { Line } from './support/line.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { storyTeller } from './support/story.mjs';
import { claims, composer, firstAgent, replies, row, transcript } from './support/team.mjs';
import { saidByAgent, Visitors } from './support/visitors.mjs';

let visitors;
let maya;

const story = storyTeller(() => ({ maya }));
const line = new Line();

stage({
  FRONTDESK_HANDOFF__AGENT_LOST_S: '1',
  FRONTDESK_HANDOFF__UNANSWERED_WARN_S: '2',
  async begin() {
    maya = await firstAgent(browser, desk, { onPage: (page) => line.between(page) });
    visitors = await Visitors.open(browser, desk);
    await visitors.arrives('Jonas Brandt');
    await visitors.says('Jonas Brandt', 'a leg is cracked');
    await visitors.asksForPerson('Jonas Brandt');
    await claims(maya, 'Jonas Brandt');
    await replies(maya, 'Which one?');
    await visitors.hears('Jonas Brandt', saidByAgent('Which one?'));
  },
});

story('who claims, says nothing and looks elsewhere is reminded in time', async () => {
  await visitors.arrives('Lena Novak');
  await visitors.asksForPerson('Lena Novak');
  await claims(maya, 'Lena Novak');
  await maya.goto(`${desk.url}/console#/settings/you`);
  const reminder = maya.getByText('Lena Novak still waits for your first words. Soon this goes back to the queue.');
  await reminder.waitFor();
  await maya.getByRole('button', { name: 'Open', exact: true }).click();
  await maya.getByRole('heading', { name: /Lena Novak/ }).waitFor();
  await maya.locator('[role=status]').filter({ hasText: 'Soon this goes back to the queue.' }).first().waitFor();
  await row(maya, 'Jonas Brandt').click();
});

story('meanwhile the visitor goes back to the queue, and writes', async () => {
  await line.cut();
  await visitors.hears('Jonas Brandt', (frame) => frame.type === 'event' && frame.kind === 'requeued');
  for (const number of [1, 2, 3]) await visitors.says('Jonas Brandt', `missed ${number}`);
  await maya.getByText('No connection.').waitFor();
  await composer(maya).fill('The front one, I guess');
  await composer(maya).press('Control+Enter');
  await transcript(maya).getByText('Sending').waitFor();
});

story('back again, the agent sees all that was missed, once, and who has it now', async () => {
  line.mend();
  await maya.getByRole('button', { name: 'Try now' }).click();
  await transcript(maya).getByText('missed 3').waitFor();
  for (const number of [1, 2, 3]) assert.equal(await transcript(maya).getByText(`missed ${number}`).count(), 1, 'once');
  await maya.locator('header').getByText('Waiting', { exact: true }).waitFor();
  await row(maya, 'Jonas Brandt').waitFor();
});

story('what was written is not lost: it is sent with a new claim', async () => {
  await transcript(maya).getByText('Not sent.').waitFor();
  await maya.getByRole('button', { name: 'Try again' }).click();
  await visitors.hears('Jonas Brandt', saidByAgent('The front one, I guess'));
  await maya.locator('header').getByText('Yours').waitFor();
  await transcript(maya).getByText('Not sent.').waitFor({ state: 'detached' });
});

story('nothing went wrong', () => assert.deepEqual([...maya.faults, ...visitors.page.faults], []));
