import { plain } from '../fuzzy.ts';

interface Part {
  part: string;
  isMarked: boolean;
}

/** Shorter words are in every text. */
const SHORTEST = 4;
/** Words that share so many first letters are forms of one word. */
const STEM = 5;

/** The text in parts; marked are the words that the question has too, in any form. */
export function marked(text: string, question: string): Part[] {
  const stems = new Set(words(question).map(stem));
  return text.split(/([\p{L}\p{N}]+)/u).map((part) => ({
    part,
    isMarked: part.length >= SHORTEST && stems.has(stem(plain(part))),
  }));
}

function words(text: string): string[] {
  return (plain(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word.length >= SHORTEST);
}

function stem(word: string): string {
  return word.slice(0, STEM);
}
