// The help pages: complete without script, light, reachable by everybody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { newPage, picture } from './support/browser.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { checkAccess, log, panel } from './support/widget.mjs';

const KB = 1000;
const PAGES = {
  home: '/help',
  'home in German': '/help?locale=de',
  category: '/help/returns',
  article: '/help/returns/return-window',
  'article in German': '/help/de/returns/return-window',
  thanks: '/help/returns/return-window?thanks=1',
  results: '/help?q=return',
  'no results': '/help?q=zxcvqwer',
  'not found': '/help/nothing/here',
};

stage({ FRONTDESK_WIDGET__SITE_NAME: 'Fernhill' });

test('every kind of page is light, without faults, at every size, in light and dark, from left and right', async () => {
  const page = await newPage(browser, { viewport: { width: 1440, height: 900 } });
  const foreign = [];
  page.on('request', (request) => request.url().startsWith(desk.url) || foreign.push(request.url()));
  await page.addInitScript(() => {
    window.broken = [];
    addEventListener('securitypolicyviolation', (violation) => window.broken.push(violation.violatedDirective));
  });
  for (const [name, path] of Object.entries(PAGES)) {
    const answer = await fetch(desk.url + path);
    const html = await answer.text();
    const size = gzipSync(html).length;
    console.log(`${name.padEnd(18)} ${(size / KB).toFixed(1)} of 14.0 KB gzip`);
    assert.ok(size <= 14 * KB, name);
    assert.equal(answer.status, name === 'not found' ? 404 : 200, name);
    await page.goto(desk.url + path);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await checkAccess(page, `${name}, ${colorScheme}`);
      await picture(page, `help-${name.replaceAll(' ', '-')}-${colorScheme}`);
    }
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    await checkAccess(page, `${name}, right to left`);
    for (const width of [320, 390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} at ${width}`);
      if (width === 390) await picture(page, `help-${name.replaceAll(' ', '-')}-390`);
    }
    assert.deepEqual(await page.evaluate(() => window.broken), [], name);
  }
  assert.deepEqual(foreign, [], 'nothing from third parties');
});

test('a reader without script searches, reads and says whether it helped', async () => {
  const page = await newPage(browser, { javaScriptEnabled: false });
  await page.goto(`${desk.url}/help`);
  await page.getByRole('searchbox').fill('how long can I return my sofa');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.locator('.results mark').first().waitFor();
  await page.getByRole('link', { name: 'Return window' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Return window and conditions' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Ask us' }).isVisible(), false, 'no button that does nothing');
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByText('Thank you for telling us.').waitFor();
  const metrics = await (await fetch(`${desk.url}/metrics`)).text();
  assert.match(metrics, /frontdesk_help_votes_total\{article="returns\/return-window",helpful="yes"\} 1/);
});

test('search engines find what they look for', async () => {
  const html = await (await fetch(`${desk.url}/help/returns/return-window`)).text();
  const data = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map((match) => JSON.parse(match[1]));
  assert.deepEqual(data.map((each) => each['@type']), ['BreadcrumbList', 'Article']);
  assert.equal(data[0].itemListElement.length, 3);
  for (const part of [
    `<link rel="canonical" href="${desk.url}/help/returns/return-window">`,
    `hreflang="de" href="${desk.url}/help/de/returns/return-window"`,
    'hreflang="x-default"',
    'property="og:title" content="Return window and conditions"',
    'name="description"',
  ]) assert.ok(html.includes(part), part);
  const sitemap = await (await fetch(`${desk.url}/sitemap.xml`)).text();
  assert.ok(sitemap.includes(`<loc>${desk.url}/help/returns/return-window</loc>`));
  assert.ok(!sitemap.includes('_builtin'));
  const first = await fetch(`${desk.url}/help`);
  const again = await fetch(`${desk.url}/help`, { headers: { 'if-none-match': first.headers.get('etag') } });
  assert.equal(again.status, 304);
});

test('"Ask us" opens the widget beside the article', async () => {
  const page = await newPage(browser);
  const hello = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framesent'));
  await page.goto(`${desk.url}/help/returns/return-window`);
  await page.locator('frontdesk-widget .launcher').waitFor();
  await page.getByRole('button', { name: 'Ask us' }).click();
  await log(page).waitFor();
  const { payload } = await hello;
  assert.match(JSON.parse(payload).page.title, /Return window/);
  assert.equal(await panel(page).count(), 1);
  assert.deepEqual(page.faults, []);
});
