import { afterEach, expect, test } from 'vitest';

import { placesOf } from '../src/transcript/find.ts';

const root = document.createElement('div');

/** What was said, each with a link or something bold in it where the parts are several. */
function said(...messages: string[][]): void {
  for (const parts of messages) {
    const bubble = root.appendChild(document.createElement('p'));
    bubble.dataset.said = '';
    for (const part of parts) bubble.appendChild(document.createElement('span')).textContent = part;
  }
}

afterEach(() => root.replaceChildren());

test.each([
  ['a word, in every place', 'leg', ['leg', 'leg', 'Leg']],
  ['whatever case and accents', 'zuruck', ['zurück']],
  ['over the end of a link', 'example.org/elm today', ['example.org/elm today']],
  ['not one letter alone', 'l', []],
  ['not over two messages', 'leg Leg', []],
  ['nothing', 'sofa', []],
])('finds %s', (_, words, expected) => {
  said(['the leg, the left leg'], ['see https://', 'example.org/elm', ' today'], ['Leg kommt zurück']);
  root.append('leg of a menu, which nobody said');
  expect(placesOf(words, root).map(String)).toEqual(expected);
});
