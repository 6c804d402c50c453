// A desk and a browser for the stories of a file. Each file is a process of its own, so it has its own.
import { after, before } from 'node:test';
import { launch } from './browser.mjs';
import { Desk } from './desk.mjs';

export let desk;
export let browser;

/**
 * Opens both before the stories, and closes them afterwards. `begin` is what happens before the first story;
 * the settings are environment variables.
 */
export function stage({ begin, ...settings } = {}) {
  // One hook, since those of a file do not wait for each other.
  before(async () => {
    desk = await Desk.open(settings);
    browser = await launch();
    await begin?.();
  });
  after(async () => {
    await browser?.close();
    await desk?.close();
  });
}
