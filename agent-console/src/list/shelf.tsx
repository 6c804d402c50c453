import { useEffect } from 'preact/hooks';

import { shelves, loadMore, openShelf, type ShelfName } from '../stores/shelves.ts';
import styles from './list.module.css';
import { holdRows } from './held-rows.ts';
import { Empty, Section } from './sections.tsx';
import { SkeletonRows } from './skeleton.tsx';

const WORDS: Readonly<Record<ShelfName, { title: string; empty: string; words: string }>> = {
  bot: {
    title: 'With the bot',
    empty: 'The bot talks to nobody',
    words: 'Conversations that it answers stand here. You can read along and take over.',
  },
  done: { title: 'Done, the latest first', empty: 'Nothing is done yet', words: 'Resolved conversations stand here.' },
};

/** Conversations that are not in the queue: read from the server while somebody looks. */
export function Shelf({ name }: { name: ShelfName }) {
  useEffect(() => openShelf(name), [name]);
  const { entries, state, hasMore } = shelves[name].value;
  const { title, empty, words } = WORDS[name];
  if (state === 'loading' && entries.length === 0) return <SkeletonRows />;
  return (
    <Section title={title} note="" held={holdRows(entries, null)}>
      {state === 'failed' && (
        <li class={styles.empty}>
          <b>This list could not be loaded</b>
          <button type="button" class="text-button" onClick={() => openShelf(name)}>Try again</button>
        </li>
      )}
      {state === 'ready' && entries.length === 0 && <Empty title={empty} words={words} />}
      {hasMore && (
        <li class={styles.more}>
          <button type="button" class="text-button" onClick={() => void loadMore(name)}>Show more</button>
        </li>
      )}
    </Section>
  );
}
