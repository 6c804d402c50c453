// The widget on other people's pages: strict, hostile, ever-changing ones.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isStill, newPage, picture } from './support/browser.mjs';
import { Host, pageWith } from './support/host.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { asks, launcher, listens, log, opens, panel } from './support/widget.mjs';

let host;

stage({
  FRONTDESK_SERVER__ALLOWED_ORIGINS: '*',
  async begin() {
    host = await Host.open({ '/': { html: pageWith(desk) } });
  },
});

after(async () => {
  await host?.close();
});

/** Opens the host's page with this content. */
async function visits(options, headers, context = {}) {
  host.pages['/'] = { html: pageWith(desk, options), headers };
  const page = await newPage(browser, context);
  page.frames_ = listens(page);
  await page.goto(host.url);
  return page;
}

test('the strictest policy sees no violation in a whole conversation', async () => {
  const own = `${desk.url} ${desk.url.replace('http', 'ws')}`;
  const page = await visits({ attributes: 'nonce="r4nd0m"', head: '<script nonce="r4nd0m">window.broken=[];addEventListener("securitypolicyviolation",e=>broken.push(e.violatedDirective+" "+e.blockedURI))</script>' }, {
    'content-security-policy': `default-src 'none'; script-src 'nonce-r4nd0m' 'strict-dynamic'; connect-src ${own}; require-trusted-types-for 'script'; trusted-types 'none'`,
  });
  await opens(page);
  await page.getByText('Popular questions').waitFor();
  await panel(page).locator('input').fill('return');
  await panel(page).getByText('articles found').waitFor();
  await panel(page).locator('.popular button').first().click();
  await panel(page).getByText('Ask about this').click();
  await asks(page, 'how long can I return my sofa');
  await log(page).getByText('Did that answer it?').last().waitFor();
  await log(page).getByRole('button', { name: 'Yes', exact: true }).last().click();
  await asks(page, 'zxcv qwer asdf');
  await log(page).getByRole('button', { name: 'Yes, talk to a person' }).click();
  await panel(page).getByLabel('Your e-mail').fill('jo@shop.example');
  await panel(page).getByRole('button', { name: 'Send message' }).click();
  await panel(page).getByText('Your message is with us').first().waitFor();
  assert.deepEqual(await page.evaluate(() => window.broken), []);
  assert.deepEqual(page.faults, []);
});

test('hostile styles change nothing', async () => {
  const boxes = async (page) => {
    await opens(page);
    await panel(page).getByText('Popular questions').waitFor();
    await isStill(panel(page));
    const box = (locator) => locator.evaluate((each) => {
      const { x, y, width, height } = each.getBoundingClientRect();
      return [x, y, width, height, getComputedStyle(each).fontSize].map(String);
    });
    return [await box(launcher(page)), await box(panel(page)), await box(panel(page).locator('h2').first()), await box(panel(page).locator('.popular button').first())];
  };
  const quiet = await boxes(await visits());
  const hostile = await visits({
    head: `<style>
      :not(html) { display: none !important; visibility: hidden !important; font: 40px/3 fantasy !important; padding: 30px !important; transform: scale(.5) !important; filter: blur(9px) !important }
      html { font-size: 62.5% } body > *, html > * { display: none !important; opacity: 0 !important; position: static !important; width: 10px !important }
      :root { --fd-bg: red; --fd-accent: red; --fd-x: 300px; --f1: red; letter-spacing: 2em; text-transform: uppercase; direction: rtl }
      button, dialog, input { display: none !important; all: unset !important } .launcher, .panel { width: 1px !important; z-index: -1 !important }
    </style>`,
  });
  assert.deepEqual(await boxes(hostile), quiet);
  await picture(hostile, 'widget-hostile');
});

test('nothing is stored, asked or connected before the visitor opens it', async () => {
  const page = await visits();
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.reload();
  await launcher(page).waitFor();
  assert.equal(requests.filter((url) => url.startsWith(desk.url)).length, 1, 'one request to the launcher');
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie]), [0, 0, '']);
  assert.equal(page.frames_.sent.length, 0);
  await opens(page);
  await page.getByText('Popular questions').waitFor();
  assert.deepEqual(await page.evaluate(() => [localStorage.length, document.cookie]), [0, '']);
});

test('pages that replace their body or everything keep the widget and its conversation', async () => {
  const page = await visits();
  await opens(page);
  await asks(page, 'how long can I return my sofa');
  await log(page).getByText('30 days').first().waitFor();
  await page.evaluate(() => {
    document.body.replaceWith(document.createElement('body'));
    history.pushState({}, '', '/basket');
  });
  await log(page).getByText('30 days').first().waitFor();
  await page.evaluate(() => document.querySelector('frontdesk-widget').remove());
  await launcher(page).waitFor();
  assert.equal(await page.locator('frontdesk-widget').count(), 1);
  assert.ok(page.frames_.sent.some((frame) => frame.type === 'page' && frame.url.endsWith('/basket')), 'the new page is told');
});

test('calls before the script, own buttons, events and the other calls', async () => {
  const page = await visits({
    attributes: 'data-launcher="off" data-open="#chat"',
    head: `<script>window.frontdesk=window.frontdesk||function(){(frontdesk.q=frontdesk.q||[]).push(arguments)};
      window.heard=[];for(const name of ['ready','open','close','message','unread'])frontdesk('on',name,()=>heard.push(name));
      document.addEventListener('frontdesk:open',()=>heard.push('dom'));
      frontdesk('attributes',{plan:'pro'});frontdesk('identify',{name:'Jo',email:'jo@shop.example'})</script>`,
    body: '<button id="chat">Chat</button><a href="#" data-frontdesk-open="conversation">Ask</a>',
  });
  await page.waitForFunction(() => window.heard.includes('ready'));
  assert.equal(await launcher(page).isVisible(), false);
  await page.locator('#chat').click();
  await panel(page).waitFor();
  await page.evaluate(() => frontdesk('close'));
  await panel(page).waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: 'Ask' }).click();
  await log(page).waitFor();
  await page.evaluate(() => frontdesk('ask', 'how long can I return my sofa'));
  await log(page).getByText('30 days').first().waitFor();
  const sent = page.frames_.sent;
  assert.deepEqual(sent.find(({ type }) => type === 'hello').identity, { name: 'Jo', email: 'jo@shop.example' });
  assert.deepEqual(sent.find(({ type }) => type === 'attributes').attributes, { plan: 'pro' });
  await page.evaluate(() => frontdesk('locale', 'de'));
  await panel(page).getByRole('button', { name: 'Schließen' }).waitFor();
  await page.evaluate(() => frontdesk('theme', 'dark'));
  assert.equal(await panel(page).evaluate((dialog) => getComputedStyle(dialog).backgroundColor), 'rgb(26, 25, 23)');
  await page.evaluate(() => frontdesk('reset'));
  await log(page).getByText('30 days').first().waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  const heard = await page.evaluate(() => window.heard);
  for (const name of ['ready', 'open', 'close', 'message', 'dom']) assert.ok(heard.includes(name), name);
  await page.evaluate(() => frontdesk('destroy'));
  assert.equal(await page.locator('frontdesk-widget').count(), 0);
});

test('a signed identity is fetched by a function, and again before it ends', async () => {
  const page = await visits();
  await page.clock.install();
  await page.reload();
  await launcher(page).waitFor();
  await page.evaluate(() => {
    window.asked = 0;
    const part = (value) => btoa(JSON.stringify(value)).replace(/=+$/, '');
    frontdesk('identify', { token: async () => `${part({ alg: 'HS256' })}.${part({ sub: '7', exp: Date.now() / 1000 + 600 })}.x${++window.asked}` });
  });
  await opens(page);
  await page.waitForFunction(() => window.asked === 1);
  await page.clock.fastForward(580_000);
  await page.waitForFunction(() => window.asked === 2);
});

test('consent is asked before anything is sent or kept', async () => {
  const page = await visits({ attributes: 'data-consent="ask" data-privacy="https://shop.example/privacy"' });
  await opens(page);
  await panel(page).getByText('Is that all right?').waitFor();
  await picture(page, 'widget-consent');
  assert.equal(page.frames_.sent.length, 0);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await panel(page).getByRole('button', { name: 'Yes, go on' }).click();
  await page.getByText('Popular questions').waitFor();
  const { consent, time_zone } = page.frames_.sent.find((frame) => frame.type === 'hello');
  assert.equal(consent, 'ask');
  assert.equal(time_zone, await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone));
  await page.reload();
  await opens(page);
  await page.getByText('Popular questions').waitFor();
});

test('another notice is asked about again, before anything is sent', async () => {
  const page = await visits({ attributes: 'data-consent="2027-02"' });
  await page.evaluate(() => {
    localStorage.setItem('frontdesk:consent', '2027-01');
    localStorage.setItem('frontdesk:session', JSON.stringify({ isMuted: true }));
  });
  await page.reload();
  page.frames_.sent.length = 0;
  await opens(page);
  await panel(page).getByText('Is that all right?').waitFor();
  assert.equal(page.frames_.sent.length, 0);
  await panel(page).getByRole('button', { name: 'Yes, go on' }).click();
  await page.getByText('Popular questions').waitFor();
  assert.equal(page.frames_.sent.find((frame) => frame.type === 'hello').consent, '2027-02');
});

test('a trigger speaks on its page, once, and not after it was sent away', async () => {
  const triggers = JSON.stringify([{ url: '/*', seconds: 3, text: 'Questions about delivery?' }]).replaceAll('"', '&quot;');
  const page = await visits({ attributes: `data-triggers="${triggers}"` });
  const teaser = page.getByRole('button', { name: 'Questions about delivery?' });
  await teaser.waitFor();
  await picture(page, 'widget-trigger');
  assert.equal(page.frames_.sent.length, 0);
  assert.deepEqual(await page.evaluate(() => [localStorage.length, sessionStorage.length]), [0, 0]);
  await page.locator('frontdesk-widget .teaser').getByRole('button', { name: 'Close' }).click();
  assert.equal(await teaser.count(), 0);
  assert.equal(await page.evaluate(() => sessionStorage.getItem('frontdesk:quiet')), 'yes');
});
