import { safeHref } from 'web-shared/links.ts';

import { packetOf } from '../stores/packets.ts';
import styles from './context.module.css';

/** Where the visitor is and was on the site, the latest first. */
export function Pages({ id }: { id: string }) {
  const pages = packetOf(id)?.pages ?? [];
  if (pages.length === 0) return null;
  return (
    <section class={styles.section} aria-labelledby="pages-title">
      <h2 id="pages-title" class={styles.title}>Pages</h2>
      <ol class={styles.pages}>
        {pages.map(({ url, title }, index) => {
          const href = url && safeHref(url);
          const words = title ?? url ?? 'A page';
          return (
            <li key={`${index} ${url}`}>
              {href ? <a href={href} title={url} target="_blank" rel="noopener noreferrer">{words}</a> : words}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
