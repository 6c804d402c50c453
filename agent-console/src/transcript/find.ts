import { signal } from '@preact/signals';

import { plain } from '../fuzzy.ts';

/** Whether the bar that looks through the open conversation is there, and what it looks for. */
export const findIsOpen = signal(false);
export const findText = signal('');

/** Asks for the bar's input again, where the bar is open already. */
export const findAsked = signal(0);

const SHORTEST = 2;
/** What was said, and nothing of what stands around it. */
const SAID = '[data-said]';

export function openFind(): void {
  findIsOpen.value = true;
  findAsked.value++;
}

export function closeFind(): void {
  findIsOpen.value = false;
  findText.value = '';
}

/** What is folded is looked through as well. */
export function isFinding(): boolean {
  return findIsOpen.value && findText.value.trim().length >= SHORTEST;
}

/** Every place in which the words stand, from top to bottom, whatever case and accents. */
export function placesOf(words: string, root: ParentNode): Range[] {
  const wanted = plain(words.trim());
  if (wanted.length < SHORTEST) return [];
  return [...root.querySelectorAll(SAID)].flatMap((said) => placesIn(said, wanted));
}

/** One letter of the text that is searched, and where it stands in the page. */
interface Letter {
  letter: string;
  node: Text;
  at: number;
}

function placesIn(said: Element, wanted: string): Range[] {
  const letters = lettersOf(said);
  const text = letters.map(({ letter }) => letter).join('');
  const places: Range[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    places.push(rangeOver(letters[at]!, letters[at + wanted.length - 1]!));
  }
  return places;
}

/** A mark may begin in one text node and end in another: a link, something bold. */
function lettersOf(said: Element): Letter[] {
  const letters: Letter[] = [];
  const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    for (let at = 0; at < node.data.length; at++) {
      for (const letter of plain(node.data.charAt(at))) letters.push({ letter, node, at });
    }
  }
  return letters;
}

function rangeOver(first: Letter, last: Letter): Range {
  const range = document.createRange();
  range.setStart(first.node, first.at);
  range.setEnd(last.node, last.at + 1);
  return range;
}
