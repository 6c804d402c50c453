import { useEffect } from 'preact/hooks';
import type { TabName } from 'web-shared/protocol/frames.ts';

import { inView } from '../stores/views.ts';
import { openShelf, shelf } from '../stores/shelves.ts';
import { holdRows } from './held-rows.ts';
import { Empty, Section } from './sections.tsx';
import { SkeletonRows } from './skeleton.tsx';

type Shown = Extract<TabName, 'bot' | 'resolved'>;

const WORDS: Readonly<Record<Shown, { title: string; empty: string; words: string }>> = {
  bot: {
    title: 'With the bot',
    empty: 'The bot talks to nobody',
    words: 'Conversations that it answers stand here. You can read along and take over.',
  },
  resolved: {
    title: 'Done, the latest first',
    empty: 'Nothing is done yet',
    words: 'Resolved conversations stand here. Older ones are found by the search.',
  },
};

/** A list beside the queue, fresh while somebody looks. */
export function Shelf({ name }: { name: Shown }) {
  useEffect(() => openShelf(name), [name]);
  const { entries, isKnown } = shelf(name);
  const { title, empty, words } = WORDS[name];
  if (!isKnown) return <SkeletonRows />;
  return (
    <Section title={title} note="" held={holdRows(inView(entries), null)}>
      {entries.length === 0 && <Empty title={empty} words={words} />}
    </Section>
  );
}
