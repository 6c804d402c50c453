// Agents in browsers of their own, on one desk.
import { newPage } from './browser.mjs';

const PASSWORD = 'a long enough one';

export const MAYA = { name: 'Maya Kern', email: 'maya@fernhill.example', role: 'administrator' };
export const TOM = { name: 'Tom Baker', email: 'tom@fernhill.example', role: 'supervisor' };

/** Signs the first agent in, by the link that the desk printed. */
export async function firstAgent(browser, desk, { onPage = () => {}, ...options } = {}) {
  const page = await newPage(browser, { viewport: { width: 1440, height: 900 }, ...options });
  await onPage(page);
  await page.goto(desk.setUpLink);
  await page.fill('[name=name]', MAYA.name);
  await page.fill('[name=email]', MAYA.email);
  await page.fill('[name=password]', PASSWORD);
  await page.click('[type=submit]');
  await page.getByText('Nobody is waiting').first().waitFor();
  return page;
}

/** Makes another agent and signs them in. */
export async function anotherAgent(browser, desk, agent = TOM, options = {}) {
  await desk.addAgent(agent, PASSWORD);
  const page = await newPage(browser, { viewport: { width: 1440, height: 900 }, ...options });
  await page.goto(`${desk.url}/console`);
  await page.fill('[name=email]', agent.email);
  await page.fill('[name=password]', PASSWORD);
  await page.click('[type=submit]');
  await page.getByRole('tab', { name: /Queue/ }).waitFor();
  return page;
}

/** The row of a conversation in an agent's list. */
export function row(page, text) {
  return page.locator('[data-conversation]').filter({ hasText: text });
}

/** What was said and done, on an agent's screen. */
export function transcript(page) {
  return page.getByRole('log', { name: 'Transcript' });
}

export function composer(page) {
  return page.locator('#composer-text');
}

export async function claims(page, text) {
  await row(page, text).first().click();
  await page.locator('header').getByRole('button', { name: /^(Claim|Take over)/ }).click();
  await page.getByRole('button', { name: /^Resolve/ }).first().waitFor();
}

export async function replies(page, text) {
  await composer(page).fill(text);
  await page.getByRole('button', { name: /^(Claim and send|Send anyway|Send)/ }).first().click();
}
