import type { PageSeenView } from 'web-shared/protocol/frames.ts';
import { clockTime } from 'web-shared/time.ts';
import { safeHref } from 'web-shared/links.ts';

import { packetOf } from '../stores/packets.ts';
import context from './context.module.css';
import styles from './pages.module.css';

/** Which pages the visitor was on, the one now first. */
export function Pages({ id }: { id: string }) {
  const packet = packetOf(id);
  const pages = packet?.visitor.pages.toReversed() ?? [];
  if (pages.length === 0) return null;
  return (
    <section class={context.section} aria-labelledby="pages-title">
      <h2 id="pages-title" class={context.title}>Pages</h2>
      <ol class={styles.pages}>
        {pages.map((page, index) => <Page key={`${page.at} ${page.url}`} page={page} isNow={index === 0} />)}
      </ol>
      {packet?.visitor.referrer && <p class={styles.from} dir="auto">Came from {packet.visitor.referrer}</p>}
    </section>
  );
}

function Page({ page: { url, title, at }, isNow }: { page: PageSeenView; isNow: boolean }) {
  const href = safeHref(url);
  return (
    <li data-now={isNow}>
      <span dir="auto">
        {href ? <a href={href} title={url} target="_blank" rel="noopener noreferrer">{title ?? url}</a> : (title ?? url)}
      </span>
      <time dateTime={at}>{isNow ? 'last' : clockTime(new Date(at), navigator.language)}</time>
    </li>
  );
}
