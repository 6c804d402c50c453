import { expect, it } from 'vitest';
import { linkify } from '../src/links.ts';

it.each([
  ['see https://shop.example/a?b=1.', 'https://shop.example/a?b=1', 'https://shop.example/a?b=1'],
  ['HTTPS://Shop.Example/A', 'HTTPS://Shop.Example/A', 'https://shop.example/A'],
  ['https://shop.example:443/', 'https://shop.example:443/', 'https://shop.example/'],
  ['https://\u0430pple.com/login', 'https://xn--pple-43d.com/login', 'https://xn--pple-43d.com/login'],
  ['https://bank.example@evil.example/x', 'https://evil.example/x', 'https://evil.example/x'],
  ['https://bank.example:pw@evil.example', 'https://evil.example/', 'https://evil.example/'],
  ['https://bank\u3002example/', 'https://bank.example/', 'https://bank.example/'],
])('shows where a link leads: %s', (typed, text, href) => {
  expect(linkify(typed).filter((part) => part.href)).toEqual([{ text, href }]);
});
