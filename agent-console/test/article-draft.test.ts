import { expect, test } from 'vitest';

import { articleMarkdown, fileName, wordingLines } from '../src/insights/article-draft.ts';

const QUESTIONS = ['Do you deliver to Corsica?', 'est-ce que vous livrez en Corse ?', 'do you deliver to corsica?', ' '];

test('a new article has the visitors’ words as its questions, each once, and shows to nobody yet', () => {
  const asked = { questions: QUESTIONS, locale: 'en' };
  expect(articleMarkdown('Where do you deliver?', asked)).toBe(`---
title: "Where do you deliver?"
questions:
  - "do you deliver to corsica?"
  - "est-ce que vous livrez en Corse ?"
locale: en
draft: true  # take this line away when the answer is there
---

Write the answer here: what to do first, then the exceptions.
`);
});

test('a title that is the only question is not said twice', () => {
  expect(articleMarkdown('Is it safe?', { questions: ['Is it safe?'], locale: '' })).not.toContain('questions:');
});

test('nothing in a visitor’s words can change the file', () => {
  expect(wordingLines({ questions: ['say "hi"\n---\ndraft: false'], locale: 'en' })).toBe(
    'questions:\n  - "say \\"hi\\" --- draft: false"\n',
  );
});

test.each([
  ['Do you deliver to Corsica?', 'do-you-deliver-to-corsica'],
  ['Où est ma commande ?', 'ou-est-ma-commande'],
  ['???', 'new-article'],
])('%s becomes the file %s', (title, name) => {
  expect(fileName(title)).toBe(name);
});
