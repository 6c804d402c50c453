import { h, render } from 'preact';
import { expect, it } from 'vitest';
import { Blocks, PlainText } from '../src/blocks.tsx';
import type { Block, Span } from '../src/protocol/frames.ts';

const ELEMENTS = 'p blockquote pre code ul ol li div table thead tbody tr th td img h3 h4 h5 h6 em strong a'.split(' ');
const ATTRIBUTES = 'dir tabindex href target rel src alt loading decoding class scope'.split(' ');
const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:'];

/** The same sequence of numbers for the same seed, each 0 to 1. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const NASTY = [
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', ' JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>',
  'vbscript:x', '\u0000javascript:x', 'https://shop.example/a?b=c#d', '//evil.example', 'mailto:a@b.example', 'tel:+1', 'blob:x', 'file:///etc/passwd', '{{x}}', '\u202Eabc', '', 'https://[', 'onclick=alert(1)', 'http://a.example/"onmouseover="x',
];

function somewhere(random: () => number, depth = 0): Block {
  const pick = <T,>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const many = <T,>(make: () => T): T[] => Array.from({ length: Math.floor(random() * 3) }, make);
  const span = (): Span => ({ text: pick(NASTY), ...(random() < 0.5 && { href: pick(NASTY) }), bold: random() < 0.3, italic: random() < 0.3, code: random() < 0.3 });
  const inside = () => (depth < 3 ? many(() => somewhere(random, depth + 1)) : []);
  return pick<() => Block>([
    () => ({ type: 'paragraph', spans: many(span) }),
    () => ({ type: 'heading', level: pick([0, 1, 3, 9, NaN]), spans: many(span) }),
    () => ({ type: 'quote', blocks: inside() }),
    () => ({ type: 'code', text: pick(NASTY), lang: pick(NASTY) }),
    () => ({ type: 'list', ordered: random() < 0.5, items: many(inside) }),
    () => ({ type: 'table', head: many(() => many(span)), rows: many(() => many(() => many(span))) }),
    () => ({ type: 'image', src: pick(NASTY), alt: pick(NASTY) }),
    () => ({ type: pick(['script', 'iframe', 'html']), html: pick(NASTY), text: pick(NASTY) }) as never,
  ])();
}

/** What is drawn and is not allowed. */
function faults(root: HTMLElement): string[] {
  return [...root.querySelectorAll('*')].flatMap((element) => {
    const attributes = [...element.attributes];
    const addresses = attributes.filter(({ name }) => name === 'href' || name === 'src');
    return [
      !ELEMENTS.includes(element.localName) && element.localName,
      ...attributes.map(({ name }) => !ATTRIBUTES.includes(name) && name),
      ...addresses.map(({ value }) => !SCHEMES.includes(new URL(value).protocol) && value),
      element.localName === 'img' && !/^https?:/.test(element.getAttribute('src') ?? '') && 'src',
      element.localName === 'a' && !element.getAttribute('rel')?.includes('noopener') && 'rel',
    ].filter((fault) => typeof fault === 'string');
  });
}

it.each([1, 2, 3, 4, 5])('draws only what is allowed, whatever the blocks say (%i)', (part) => {
  for (let seed = part * 1000; seed < part * 1000 + 40; seed += 1) {
    const random = chance(seed);
    const root = document.createElement('div');
    const blocks = Array.from({ length: 5 }, () => somewhere(random));
    render(h('div', {}, h(Blocks, { blocks, base: 'https://desk.example/' }), h(PlainText, { text: NASTY.join(' ') })), root);
    expect(faults(root), `seed ${seed}`).toEqual([]);
  }
});
