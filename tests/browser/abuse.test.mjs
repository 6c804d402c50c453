// Hostile visitors, on the visitor's screen and on the agent's: words stay words.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, newPage, picture } from './support/browser.mjs';
import { Desk } from './support/desk.mjs';
import { Host, pageWith } from './support/host.mjs';
import { PAYLOADS, traces, watchPolicy } from './support/payloads.mjs';
import { firstAgent, row, transcript } from './support/team.mjs';
import { Visitors } from './support/visitors.mjs';
import { opens, panel } from './support/widget.mjs';

/** Everything may run on the site's page; what a strict policy would have stopped is noted all the same. */
const NOTED = { 'content-security-policy-report-only': "script-src 'nonce-own' 'strict-dynamic'; object-src 'none'; base-uri 'none'; frame-src 'none'" };

let desk;
let browser;
let host;
let agent;
let visitors;

before(async () => {
  desk = await Desk.open({ FRONTDESK_SERVER__ALLOWED_ORIGINS: '*' });
  browser = await launch();
  host = await Host.open({ '/': { html: pageWith(desk, { attributes: 'nonce="own"' }), headers: NOTED } });
  agent = await firstAgent(browser, desk, { onPage: watchPolicy });
  visitors = await Visitors.open(browser, desk);
});

after(async () => {
  await browser?.close();
  await host?.close();
  await desk?.close();
});

/** A visitor at the widget who waits for a person. */
async function waits(name) {
  const page = await newPage(browser);
  await watchPolicy(page);
  await page.goto(host.url);
  await page.evaluate((name) => frontdesk('identify', { name }), name);
  await opens(page);
  await says(page, ['I want to talk to a person']);
  await panel(page).locator('.own .bubble').first().waitFor();
  await row(agent, name).waitFor();
  return page;
}

/** Opens the conversation, and takes the pointer from the list: under it, the list holds still. */
async function looksAt(name) {
  await row(agent, name).first().click();
  await agent.mouse.move(900, 300);
}

/** Says these in order, and waits until the desk has confirmed the last. */
async function says(page, texts) {
  for (const text of texts) await page.evaluate((text) => frontdesk('ask', text), text);
  await panel(page).locator('.own').last().locator('.delivery', { hasText: /Sent|Seen/ }).last().waitFor();
}

const own = (page) => panel(page).locator('.own .bubble').evaluateAll((bubbles) => bubbles.map((bubble) => ({
  text: [...bubble.childNodes].filter(({ nodeName }) => nodeName !== 'BDI').map(({ textContent }) => textContent).join(''),
  elements: [...bubble.querySelectorAll(':not(bdi)')].map((element) => element.outerHTML),
})));

const shown = (page) => transcript(page).locator('[data-author=visitor] [id^=message-]').evaluateAll((bubbles) => bubbles.map((bubble) => ({
  text: bubble.textContent,
  elements: [...bubble.querySelectorAll('*')].map((element) => element.outerHTML),
})));

const isPlainLink = (html) => /^<a href="https?:\/\/(shop\.example|www\.w3\.org)\/[^"<>\s]*" target="_blank" rel="noopener noreferrer nofollow ugc">[^<]*<\/a>$/.test(html);

test('a01_markup_in_messages_is_text_on_both_screens', async () => {
  assert.ok(PAYLOADS.length >= 60, `${PAYLOADS.length}`);
  const visitor = await waits('Mallory');
  await looksAt('Mallory');
  await says(visitor, PAYLOADS);
  await transcript(agent).locator('[id^=message-]').filter({ hasText: PAYLOADS.at(-2) }).waitFor();
  for (const [screen, bubbles] of [['widget', await own(visitor)], ['console', await shown(agent)]]) {
    const texts = bubbles.map(({ text }) => text);
    for (const payload of PAYLOADS) assert.ok(texts.includes(payload.trim()), `${screen} shows ${payload} as it was written, not ${texts.at(-1)}`);
    for (const { elements } of bubbles) assert.ok(elements.every(isPlainLink), `${screen}: ${elements}`);
  }
  for (const page of [visitor, agent]) {
    assert.deepEqual(await traces(page), []);
    assert.deepEqual(page.faults, []);
  }
  // An open panel opens again by itself.
  await visitor.reload();
  await panel(visitor).locator('.own .bubble', { hasText: PAYLOADS.at(-2) }).waitFor();
  assert.deepEqual(await traces(visitor), [], 'and again after coming back');
});

test('a03_what_a_browser_says_of_itself_is_text_for_the_agent', async () => {
  const evil = (what) => `${what}"><img src=x onerror=window.__xss=1><b>bold</b>`;
  const frame = {
    locale: 'en',
    page: { url: `https://shop.example/${evil('page')}`, title: evil('title'), referrer: `https://shop.example/${evil('from')}` },
    identity: { id: evil('id'), name: evil('Eve'), email: 'eve"><script>window.__xss=1</script>@shop.example', attributes: { [evil('key')]: evil('value') } },
  };
  const page = await newPage(browser, { userAgent: evil('agent'), bypassCSP: true });
  await page.goto(`${desk.url}/healthz`);
  await page.evaluate((hello) => new Promise((done) => {
    window.socket = new WebSocket(location.origin.replace('http', 'ws') + '/ws/visitor', 'frontdesk.v1');
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', ...hello }));
    socket.onmessage = ({ data }) => {
      const { type } = JSON.parse(data);
      if (type === 'welcome') socket.send(JSON.stringify({ type: 'send_message', client_id: crypto.randomUUID(), text: 'where is my parcel' }));
      if (type === 'welcome') socket.send(JSON.stringify({ type: 'request_agent', client_id: crypto.randomUUID() }));
      if (type === 'status') done();
    };
  }), frame);
  await looksAt('Eve');
  await agent.locator('header').getByRole('button', { name: /^Claim/ }).click();
  await agent.getByRole('button', { name: /^Resolve/ }).first().waitFor();
  const context = agent.getByRole('complementary', { name: 'Context' });
  await context.getByText(evil('Eve')).waitFor();
  await context.getByText(evil('title')).first().waitFor();
  await context.getByText(evil('value')).waitFor();
  assert.equal(await context.locator('b', { hasText: /^bold$/ }).count(), 0);
  await picture(agent, 'abuse-names');
  await agent.keyboard.press('Escape');
  await agent.goto(`${desk.url}/console#/team`);
  await agent.goto(`${desk.url}/console`);
  await row(agent, 'Eve').first().waitFor();
  assert.deepEqual(await traces(agent), []);
  assert.deepEqual(agent.faults, []);
});

test('a04_no_message_is_wider_than_its_screen', async () => {
  const visitor = await waits('Wanda');
  await looksAt('Wanda');
  const huge = ['W'.repeat(4_000), '\u{fdfd}'.repeat(1_000), `a${'\u{200b}'.repeat(3_998)}b`, `${'\u{1f1e6}'.repeat(900)}`, 'z\u0335\u0321\u0322\u0327'.repeat(700), `https://shop.example/${'x'.repeat(3_900)}`, '\u00a0'.repeat(2_000)];
  await says(visitor, huge);
  await transcript(agent).getByText('https://shop.example/xxx').waitFor();
  await visitor.setViewportSize({ width: 320, height: 600 });
  for (const page of [visitor, agent]) {
    const wide = await page.evaluate(() => {
      const found = [];
      const look = (root) => {
        for (const element of root.querySelectorAll('*')) {
          if (element.shadowRoot) look(element.shadowRoot);
          if (element.getAttribute('role') !== 'log') continue;
          const edge = element.getBoundingClientRect();
          if (element.scrollWidth > element.clientWidth) found.push(`the log scrolls: ${element.scrollWidth} > ${element.clientWidth}`);
          for (const child of element.querySelectorAll('*')) {
            const box = child.getBoundingClientRect();
            if (box.width > 0 && (box.right > edge.right + 1 || box.left < edge.left - 1)) found.push(child.outerHTML.slice(0, 80));
          }
        }
      };
      look(document);
      return found;
    });
    assert.deepEqual(wide, []);
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    assert.ok(!(scrollWidth > clientWidth), 'the page does not scroll sideways');
  }
  await picture(visitor, 'abuse-wide');
  const styled = await agent.evaluate(() => [...document.querySelectorAll('[role=log] [id^=message-] *, [role=log] [id^=message-]')].filter((element) => element.hasAttribute('style')).length);
  assert.equal(styled, 0, 'no style comes from a visitor');
});

test('a42_names_and_links_show_what_they_are', async () => {
  const name = 'Maya Kern\u202e (tnega)\u2066\u200b\u061c';
  await visitors.arrives(name);
  await visitors.says(name, 'where is my parcel');
  await visitors.asksForPerson(name);
  await looksAt('Maya Kern');
  const context = agent.getByRole('complementary', { name: 'Context' });
  await context.getByText('Maya Kern (tnega)').waitFor();
  await visitors.says(name, 'Agent Maya: \u202egnp.exe https://\u0430pple.com/login and https://bank.example@evil.example/x');
  const bubble = transcript(agent).locator('[id^=message-]', { hasText: 'Agent Maya' });
  await bubble.waitFor();
  const links = await bubble.getByRole('link').evaluateAll((all) => all.map(({ textContent, href }) => [textContent, href]));
  assert.deepEqual(links, [
    ['https://xn--pple-43d.com/login', 'https://xn--pple-43d.com/login'],
    ['https://evil.example/x', 'https://evil.example/x'],
  ]);
  const isolated = await bubble.evaluate((element) => [element.dir, getComputedStyle(element).unicodeBidi]);
  assert.deepEqual(isolated, ['auto', 'isolate'], 'a turned direction ends with the message');
  const author = await bubble.evaluate((element) => element.closest('[data-author]').dataset.author);
  assert.equal(author, 'visitor', 'who speaks is not a matter of words');
  assert.deepEqual(await traces(agent), []);
});
