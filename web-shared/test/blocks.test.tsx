import { render, type ComponentChildren } from 'preact';
import { describe, expect, it } from 'vitest';
import { Blocks, PlainText } from '../src/blocks.tsx';
import type { Block, Span } from '../src/protocol/frames.ts';

const ELEMENTS = [
  'p', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'ul', 'ol', 'li', 'div', 'table', 'thead', 'tbody',
  'tr', 'th', 'td', 'img', 'strong', 'em', 'a',
];
const ATTRIBUTES = ['dir', 'href', 'target', 'rel', 'src', 'alt', 'loading', 'decoding', 'class', 'scope', 'tabindex'];
const SCHEMES = /^(https?|mailto|tel):/;

function shown(children: ComponentChildren): HTMLElement {
  const root = document.createElement('div');
  render(<>{children}</>, root);
  return root;
}

function expectOnlyAllowed(root: HTMLElement) {
  for (const element of root.querySelectorAll('*')) {
    expect(ELEMENTS).toContain(element.localName);
    for (const name of element.getAttributeNames()) expect(ATTRIBUTES).toContain(name);
    const address = element.getAttribute('href') ?? element.getAttribute('src');
    if (address !== null) expect(address).toMatch(SCHEMES);
    if (element.localName === 'a') expect(element.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc');
  }
}

const HOSTILE = [
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>', 'vbscript:x', 'blob:https://x/1', 'file:///etc/passwd', '//evil.example',
  '<img src=x onerror=alert(1)>', '"><svg onload=alert(1)>', '<script>alert(1)</script>', '__proto__', '', '{{x}}',
  'https://ok.example/a?b=c', 'http://ok.example', 'mailto:a@b.example', 'tel:+4912345', 'ftp://x.example/y', '\u202Egnp.exe',
];

/** A small generator of pseudo-random numbers, so that a failure can be repeated. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

function anyBlock(roll: (sides: number) => number, depth = 0): Block {
  const text = () => HOSTILE[roll(HOSTILE.length)]!;
  const spans = (): Span[] =>
    Array.from({ length: roll(4) }, () => ({
      text: text(), bold: roll(2) === 0, italic: roll(2) === 0, code: roll(3) === 0, ...(roll(2) === 0 && { href: text() }),
    }));
  const blocks = () => Array.from({ length: depth > 2 ? 0 : roll(3) }, () => anyBlock(roll, depth + 1));
  const kinds: (() => Block)[] = [
    () => ({ type: 'paragraph', spans: spans() }),
    () => ({ type: 'heading', level: [1, 6, 0, -3, 99, Number.NaN][roll(6)]!, spans: spans() }),
    () => ({ type: 'quote', blocks: blocks() }),
    () => ({ type: 'code', text: text(), lang: text() }),
    () => ({ type: 'list', ordered: roll(2) === 0, items: [blocks(), blocks()] }),
    () => ({ type: 'table', head: [spans()], rows: [[spans()], [spans(), spans()]] }),
    () => ({ type: 'image', src: text(), alt: text() }),
    () => ({ type: 'script', text: text() }) as never,
  ];
  return kinds[roll(kinds.length)]!();
}

describe('blocks', () => {
  it('give no element, attribute or scheme but the allowed ones', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const roll = dice(seed);
      expectOnlyAllowed(shown(<Blocks blocks={Array.from({ length: 5 }, () => anyBlock(roll))} />));
    }
  });

  it('show what they say', () => {
    const root = shown(
      <Blocks
        base="https://desk.example"
        blocks={[
          { type: 'heading', level: 1, spans: [{ text: 'Returns' }] },
          { type: 'paragraph', spans: [{ text: 'within ' }, { text: '30 days', bold: true }] },
          { type: 'list', ordered: true, items: [[{ type: 'paragraph', spans: [{ text: 'Pack', href: '/help/pack' }] }]] },
          { type: 'image', src: '/help/assets/box.png', alt: 'A box' },
        ]}
      />,
    );
    expect(root.querySelector('h3')?.textContent).toBe('Returns');
    expect(root.querySelector('p strong')?.textContent).toBe('30 days');
    expect(root.querySelector('ol a')?.getAttribute('href')).toBe('https://desk.example/help/pack');
    expect(root.querySelector('img')?.getAttribute('src')).toBe('https://desk.example/help/assets/box.png');
  });

  it('leave a link out rather than show a dangerous one', () => {
    const root = shown(<Blocks blocks={[{ type: 'paragraph', spans: [{ text: 'here', href: 'javascript:alert(1)' }] }]} />);
    expect(root.querySelector('a')).toBeNull();
    expect(root.textContent).toBe('here');
  });
});

describe('plain text', () => {
  it('links web addresses and nothing else', () => {
    const root = shown(<PlainText text={'See https://a.example/x?y=1. Or (http://b.example), not javascript:alert(1) or mailto:a@b'} />);
    const links = [...root.querySelectorAll('a')].map((link) => link.textContent);
    expect(links).toEqual(['https://a.example/x?y=1', 'http://b.example']);
    expectOnlyAllowed(root);
  });

  it('keeps every character', () => {
    for (const text of HOSTILE) {
      const root = shown(<PlainText text={`${text} https://x.example/${text}!`} />);
      expect(root.textContent).toBe(`${text} https://x.example/${text}!`);
      expectOnlyAllowed(root);
    }
  });
});
