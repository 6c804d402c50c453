// The panel with texts that are 40 % longer: nothing is cut.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newPage, picture } from './support/browser.mjs';
import { browser, desk, stage } from './support/stage.mjs';
import { asks, log, opens, panel } from './support/widget.mjs';

stage();

/** Letters with accents, and more of them; what is in braces stays. */
const pseudo = (text) => {
  const more = 'ẋ'.repeat(Math.ceil(text.length * 0.4));
  const words = more.replace(/(.{5})/g, '$1 ').trim();
  return `${text.replace(/\{\w+\}|[aeiou]/g, (part) => ({ a: 'á', e: 'é', i: 'í', o: 'ó', u: 'ú' })[part] ?? part)} ${words}`;
};

const longer = (texts) => texts.map((text) => (typeof text === 'string' ? pseudo(text) : Object.fromEntries(Object.entries(text).map(([form, each]) => [form, pseudo(each)]))));

/** Elements whose own words do not fit into them. */
const cut = (page) => panel(page).evaluate((dialog) => {
  const faults = [];
  for (const each of dialog.querySelectorAll('*')) {
    const hasWords = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!hasWords || each.matches('.hidden, textarea, [dir="auto"]')) continue;
    for (let box = each; box !== dialog; box = box.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(box);
      const isCut = (overflowX !== 'visible' && box.scrollWidth > box.clientWidth + 1) || (overflowY === 'hidden' && box.scrollHeight > box.clientHeight + 1);
      if (isCut) faults.push(`${each.textContent} in ${box.className || box.localName}`);
    }
  }
  return faults;
});

for (const width of [392 + 40, 320]) {
  test(`nothing is cut at ${width} px`, async () => {
    const page = await newPage(browser, { viewport: { width, height: 900 } });
    await page.route('**/widget/locale.en.*', async (route) => {
      const response = await route.fetch();
      const texts = JSON.parse((await response.text()).replace('export default ', ''));
      await route.fulfill({ response, body: `export default ${JSON.stringify(longer(texts))}` });
    });
    await page.goto(`${desk.url}/demo`);
    await opens(page);
    await panel(page).locator('.popular').waitFor();
    const look = async (name) => {
      await picture(page, `pseudo-${width}-${name}`);
      assert.deepEqual(await cut(page), [], name);
    };
    await look('home');
    await asks(page, 'how long can I return my sofa');
    await log(page).locator('.feedback').waitFor();
    await look('answer');
    await panel(page).locator('.top [aria-haspopup]').click();
    await look('menu');
    await page.keyboard.press('Escape');
    await asks(page, 'zxcv qwer asdf');
    await log(page).locator('.chip.filled').click();
    await panel(page).locator('input[name=email]').waitFor();
    await look('away');
    await panel(page).locator('input[name=email]').fill('jo@shop.example');
    await panel(page).locator('.contact .primary').click();
    await panel(page).locator('.hand').waitFor();
    await look('left');
    await panel(page).locator('.top [aria-haspopup]').click();
    await panel(page).getByRole('menuitem').filter({ hasText: 'Énd' }).or(panel(page).getByRole('menuitem').nth(0)).first().click();
    await panel(page).locator('.rating').waitFor();
    await panel(page).locator('.faces label').nth(4).click();
    await look('ended');
  });
}
