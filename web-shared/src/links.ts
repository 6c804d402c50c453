const BLOCK_SCHEMES = ['http:', 'https:', 'mailto:', 'tel:'];
const WEB_SCHEMES = ['http:', 'https:'];

/** What every link to elsewhere carries. */
export const LINK_REL = 'noopener noreferrer nofollow ugc';

/** The address if a visitor may be sent there; relative ones count from `base`. */
export function safeHref(href: string, base?: string): string | undefined {
  return withScheme(BLOCK_SCHEMES, href, base);
}

/** The address of a picture, or nothing if it is not on the web. */
export function safeSource(src: string, base?: string): string | undefined {
  return withScheme(WEB_SCHEMES, src, base);
}

function withScheme(schemes: readonly string[], address: string, base?: string): string | undefined {
  return parse(schemes, address, base)?.href;
}

function parse(schemes: readonly string[], address: string, base?: string): URL | undefined {
  if (!URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  return schemes.includes(url.protocol) ? url : undefined;
}

export interface TextPart {
  text: string;
  href?: string;
}

const WEB_ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+/gi;
/** Punctuation at the end belongs to the sentence. */
const TRAILING = /[.,;:!?…)\]}»”’]+$/;

/** Plain text cut at its web addresses. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(WEB_ADDRESS)) {
    const address = match[0].replace(TRAILING, '');
    const url = parse(WEB_SCHEMES, address);
    if (!url) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push(linkTo(url, address));
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** A link is written as it was typed only if that shows where it leads: no look-alike letters, no name before the host. */
function linkTo(url: URL, typed: string): TextPart {
  url.username = url.password = '';
  const isHonest = typed.toLowerCase().startsWith(`${url.protocol}//${url.host}`);
  return { text: isHonest ? typed : url.href, href: url.href };
}
