// Hostile sites around the desk: pages of another origin in the same browser, and hostile articles.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, newPage } from './support/browser.mjs';
import { Desk } from './support/desk.mjs';
import { Host, pageWith } from './support/host.mjs';
import { PAYLOADS, traces, watchPolicy } from './support/payloads.mjs';
import { firstAgent } from './support/team.mjs';
import { asks, listens, log, opens, panel } from './support/widget.mjs';

const QUESTION = 'where is the spider kept';
const ARTICLE = `---
title: "${QUESTION}? <img src=x onerror=window.__xss=1>"
questions: ["${QUESTION}"]
---
In the cellar, in a box.

${PAYLOADS.filter((payload) => !payload.includes('---')).join('\n\n')}

[one](javascript:window.__xss=1) [two](&#106;avascript:window.__xss=1) [three](java\tscript:window.__xss=1)
![four](javascript:window.__xss=1) [five]: data:text/html,<script>window.__xss=1</script>

| a | b |
|---|---|
| <img src=x onerror=window.__xss=1> | [x](vbscript:x) |
`;

let articles;
let desk;
let browser;
let evil;
let agent;

before(async () => {
  articles = await mkdtemp(join(tmpdir(), 'frontdesk-articles-'));
  await writeFile(join(articles, 'spider.md'), ARTICLE);
  await writeFile(join(articles, 'owl.md'), '# Where does the owl sit?\n\nIn the tree.\n');
  desk = await Desk.open({ FRONTDESK_SERVER__ALLOWED_ORIGINS: '*' }, articles);
  browser = await launch();
  evil = await Host.open({ '/': { html: pageWith(desk) } });
  agent = await firstAgent(browser, desk, { onPage: watchPolicy });
});

after(async () => {
  await browser?.close();
  await evil?.close();
  await desk?.close();
  await rm(articles, { recursive: true, force: true });
});

/** The evil page beside the agent's console: another port of the same machine is the same site, so cookies go along. */
async function lures(html = '<h1>You have won</h1>') {
  evil.pages['/trap'] = { html };
  const page = await agent.context().newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${evil.url.replace('localhost', '127.0.0.1')}/trap`);
  return page;
}

const isSignedIn = () => agent.evaluate(async () => (await fetch('/api/v1/session')).ok);

test('a02_markup_in_articles_runs_nowhere', async () => {
  const page = await newPage(browser);
  await watchPolicy(page);
  await page.goto(evil.url);
  await opens(page);
  await asks(page, QUESTION);
  await log(page).getByText('In the cellar').first().waitFor();
  assert.deepEqual(await traces(page), []);
  const tags = await log(page).locator('.bubble.prose').last().evaluate((bubble) => [...new Set([...bubble.querySelectorAll('*')].map(({ localName }) => localName))]);
  const allowed = ['bdi', 'p', 'a', 'code', 'pre', 'em', 'strong', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div', 'blockquote', 'h3', 'h4', 'h5', 'h6', 'img', 'br'];
  assert.deepEqual(tags.filter((tag) => !allowed.includes(tag)), []);
  const help = await newPage(browser, { bypassCSP: true });
  await watchPolicy(help);
  for (const path of ['/help/spider', '/help', '/help?q=spider']) {
    await help.goto(`${desk.url}${path}`);
    assert.deepEqual(await traces(help), [], path);
  }
  assert.deepEqual([...page.faults, ...help.faults], []);
});

test('a05_another_origins_page_opens_no_socket_of_the_agent', async () => {
  const page = await lures();
  assert.ok((await page.context().cookies(desk.url)).some(({ name }) => name.includes('frontdesk_session')), 'the browser has the cookie');
  const outcome = await page.evaluate((url) => new Promise((done) => {
    const socket = new WebSocket(url, 'frontdesk.v1');
    socket.onopen = () => done('open');
    socket.onclose = ({ code }) => done(`closed ${code}`);
  }), `${desk.url.replace('http', 'ws')}/ws/agent`);
  assert.equal(outcome, 'closed 1006', 'refused before the upgrade');
  assert.ok(await isSignedIn());
  await agent.getByText('Nobody is waiting').first().waitFor();
  await page.close();
});

test('a16_another_origins_page_does_nothing_in_the_agents_name', async () => {
  const page = await lures(`<form method="post" enctype="text/plain" action="${desk.url}/api/v1/session"><input name='{"email":"x","a":"' value='"}'></form>`);
  const statuses = await page.evaluate(async (url) => {
    const send = (path, method, type) => fetch(url + path, { method, credentials: 'include', mode: 'no-cors', headers: type ? { 'content-type': type } : {}, ...(method === 'POST' && { body: '{"name":"evil"}' }) }).then(() => 'sent', () => 'refused');
    const read = (path) => fetch(url + path, { credentials: 'include' }).then((answer) => answer.text(), () => 'unreadable');
    return [await send('/api/v1/tags', 'POST', 'text/plain'), await send('/api/v1/session', 'DELETE'), await read('/api/v1/conversations'), await read('/api/v1/profile')];
  }, desk.url);
  assert.deepEqual(statuses.slice(1), ['refused', 'unreadable', 'unreadable']);
  await Promise.all([page.waitForNavigation(), page.evaluate(() => document.forms[0].submit())]);
  assert.ok(await isSignedIn(), 'the session is still there');
  assert.deepEqual(await agent.evaluate(async () => (await (await fetch('/api/v1/tags')).json()).filter(({ name }) => name === 'evil')), []);
  await page.close();
});

test('a20_no_page_of_the_desk_can_be_framed', async () => {
  const paths = ['/console', '/demo', '/help', '/help/owl', '/api/v1/openapi.json', '/healthz'];
  evil.pages['/plain'] = { html: '<h1>Plain</h1>' };
  const frame = (name, src) => `<iframe name="${name}" src="${src}"></iframe>`;
  const page = await lures(frame('own', '/plain') + paths.map((path) => frame(path, desk.url + path)).join(''));
  await page.waitForLoadState('networkidle');
  for (const path of paths) {
    assert.match(page.frames().find((frame) => frame.name() === path).url(), /^chrome-error:/, path);
  }
  assert.equal(page.frames().find((frame) => frame.name() === 'own').url(), `${new URL(page.url()).origin}/plain`, 'a page that may be framed is');
  await page.close();
});

test('a22_the_widget_is_deaf_to_posted_messages', async () => {
  const page = await newPage(browser);
  const frames = listens(page);
  evil.pages['/'] = { html: pageWith(desk, { body: '<h1>Shop</h1><iframe name="sibling" srcdoc="<p>ad</p>"></iframe>' }) };
  await page.goto(evil.url);
  await opens(page);
  await asks(page, 'where does the owl sit');
  await log(page).getByText('In the tree').first().waitFor();
  const before = { html: await panel(page).innerHTML(), sent: frames.sent.length };
  const messages = [
    { type: 'frontdesk', action: 'close' },
    { type: 'event', kind: 'message', seq: 9, text: 'forged', author: { kind: 'agent', name: 'Eve' } },
    { type: 'welcome', token: 'forged', events: [] },
    ['ask', 'forged question'],
    '{"type":"send_message","text":"forged","__proto__":{"polluted":true}}',
    JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
  ];
  const post = (messages) => {
    for (const target of [window, window.parent, window.top, window.opener].filter(Boolean)) for (const message of messages) target.postMessage(message, '*');
  };
  await page.evaluate(post, messages);
  await page.frame('sibling').evaluate(post, messages);
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => void window.open('about:blank'))]);
  await popup.evaluate(post, messages);
  await popup.close();
  await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  assert.equal(await panel(page).innerHTML(), before.html, 'nothing moved');
  assert.equal(frames.sent.length, before.sent, 'nothing was sent');
  assert.equal(await page.evaluate(() => ({}).polluted), undefined);
  assert.deepEqual(page.faults, []);
});
