import { beforeEach, expect, test, vi } from 'vitest';

import * as http from '../src/stores/http.ts';
import { forgetTags, setTag, tagsOf } from '../src/stores/tags.ts';

const asked: string[][] = [];
let answers: ((isOk: boolean) => void)[] = [];

beforeEach(() => {
  forgetTags();
  asked.length = 0;
  answers = [];
  vi.spyOn(http, 'request').mockImplementation((_, __, body) => {
    asked.push([...(body as { tags: string[] }).tags]);
    return new Promise((done) => {
      answers.push((isOk) =>
        done(isOk ? { ok: true, value: null as never } : { ok: false, problem: { status: 500, code: 'x', message: 'No.' } }),
      );
    });
  });
});

const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
};

test('tags show at once, and are sent one after the other, so that the last word wins', async () => {
  setTag(['c1'], 'damage', true);
  await settle();
  setTag(['c1'], 'elm', true);
  expect(tagsOf('c1')).toEqual(['damage', 'elm']);
  await settle();
  expect(asked).toEqual([['damage']]);
  answers[0]!(true);
  await settle();
  expect(asked).toEqual([['damage'], ['damage', 'elm']]);
});

test('a refused tag is taken away again', async () => {
  setTag(['c1'], 'damage', true);
  await settle();
  answers[0]!(false);
  await settle();
  expect(tagsOf('c1')).toEqual([]);
});
