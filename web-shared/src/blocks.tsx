import { h, type ComponentChildren } from 'preact';
import { LINK_REL, linkify, safeHref, safeSource } from './links.ts';
import type { Block, Span } from './protocol/frames.ts';

interface BlocksProps {
  blocks: readonly Block[];
  /** What relative addresses count from; without it they are plain text. */
  base?: string | undefined;
}

/** Formatted text as elements: only those named in this file, only the links that `safeHref` lets through. */
export function Blocks({ blocks, base }: BlocksProps) {
  return <>{blocks.map((block) => renderBlock(block, base))}</>;
}

/** Text as it was typed, with its web addresses clickable. */
export function PlainText({ text }: { text: string }) {
  return <>{linkify(text).map(({ text: part, href }) => (href ? <Link href={href}>{part}</Link> : part))}</>;
}

function renderBlock(block: Block, base?: string): ComponentChildren {
  switch (block.type) {
    case 'paragraph':
      return <p dir="auto">{renderSpans(block.spans, base)}</p>;
    case 'heading':
      return heading(block.level, renderSpans(block.spans, base));
    case 'quote':
      return <blockquote><Blocks blocks={block.blocks} base={base} /></blockquote>;
    case 'code':
      return <pre tabIndex={0} dir="ltr"><code>{block.text}</code></pre>;
    case 'list':
      return list(block.ordered, block.items, base);
    case 'table':
      return table(block.head, block.rows, base);
    case 'image':
      return image(block.src, block.alt, base);
    default:
      // A newer server may know more kinds.
      return null;
  }
}

/** The page around has its own headings, so these begin lower. */
function heading(level: number, children: ComponentChildren) {
  const rank = Math.min(6, Math.max(3, Math.trunc(level) + 2 || 3));
  return h(`h${rank}`, { dir: 'auto' }, children);
}

function list(isOrdered: boolean, items: readonly Block[][], base?: string) {
  const children = items.map((item) => <li><Blocks blocks={item} base={base} /></li>);
  return isOrdered ? <ol>{children}</ol> : <ul>{children}</ul>;
}

function table(head: readonly Span[][], rows: readonly Span[][][], base?: string) {
  return (
    <div class="table" tabIndex={0}>
      <table>
        <thead><tr>{head.map((cell) => (cell.length ? <th scope="col">{renderSpans(cell, base)}</th> : <td />))}</tr></thead>
        <tbody>{rows.map((row) => <tr>{row.map((cell) => <td>{renderSpans(cell, base)}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

function image(src: string, alt: string, base?: string) {
  const source = safeSource(src, base);
  return source ? <img src={source} alt={alt} loading="lazy" decoding="async" /> : <p>{alt}</p>;
}

function renderSpans(spans: readonly Span[], base?: string): ComponentChildren {
  return spans.map((span) => {
    const href = span.href && safeHref(span.href, base);
    let node: ComponentChildren = span.text;
    if (span.code) node = <code>{node}</code>;
    else if (!href) node = <PlainText text={span.text} />;
    if (span.italic) node = <em>{node}</em>;
    if (span.bold) node = <strong>{node}</strong>;
    return href ? <Link href={href}>{node}</Link> : node;
  });
}

function Link({ href, children }: { href: string; children: ComponentChildren }) {
  return <a href={href} target="_blank" rel={LINK_REL}>{children}</a>;
}
