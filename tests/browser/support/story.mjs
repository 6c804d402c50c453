// Chapters of one story: each begins where the one before ended, so after one that fails the rest is skipped.
import { test } from 'node:test';
import { picture } from './browser.mjs';

/** `pages` gives, by name, what to take pictures of when a chapter fails. */
export function storyTeller(pages) {
  let hasFailed = false;
  return (name, tell) =>
    test(name, async (chapter) => {
      if (hasFailed) return chapter.skip('an earlier chapter failed');
      try {
        await tell();
      } catch (error) {
        hasFailed = true;
        for (const [who, page] of Object.entries(pages())) await picture(page, `failed-${who}`).catch(() => {});
        throw error;
      }
    });
}
