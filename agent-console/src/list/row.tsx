import { useComputed } from '@preact/signals';
import type { EntryView } from 'web-shared/protocol/frames.ts';

import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { draft } from '../stores/drafts.ts';
import { unreadIn } from '../stores/reading.ts';
import { goTo, openConversation } from '../stores/route.ts';
import { selection, toggleSelected } from '../stores/selection.ts';
import { counted, visitorName } from '../words.ts';
import { lastSaid } from './last-said.ts';
import { claimAndOpen, listedIds } from './moves.ts';
import { RowChips } from './row-chips.tsx';
import styles from './row.module.css';
import { RowTime } from './row-time.tsx';

interface RowProps {
  entry: EntryView;
  /** Someone else took it while the pointer was here. */
  isGone: boolean;
}

/** One conversation in the list. */
export function ListRow({ entry, isGone }: RowProps) {
  const { conversation, visitor } = entry;
  const isOpen = useComputed(() => openConversation.value === conversation).value;
  const isSelected = useComputed(() => selection.value.has(conversation)).value;
  const isWaiting = entry.status === 'waiting';
  const unread = isWaiting ? 0 : unreadIn(conversation);
  return (
    <li class={styles.item} data-gone={isGone} data-selected={isSelected}>
      <button
        type="button"
        class={styles.row}
        data-conversation={conversation}
        data-unread={isWaiting || unread > 0}
        aria-current={isOpen ? 'true' : undefined}
        onClick={(event) => (event.ctrlKey || event.metaKey ? toggleSelected(conversation) : goTo(conversation))}
      >
        <Avatar name={visitor.name ?? visitor.email} seed={conversation} />
        <span class={styles.body}>
          <span class={styles.top}>
            <b dir="auto">{visitorName(visitor)}</b>
            <span class={styles.time}><RowTime entry={entry} isGone={isGone} /></span>
          </span>
          <Preview entry={entry} isOpen={isOpen} />
          <RowChips entry={entry} />
        </span>
        {unread > 0 && <Unread count={unread} />}
      </button>
      <button
        type="button"
        role="checkbox"
        class={styles.select}
        aria-checked={isSelected}
        aria-label={`Select ${visitorName(visitor)}`}
        tabIndex={-1}
        onClick={(event) => toggleSelected(conversation, event.shiftKey, listedIds())}
      >
        {isSelected && <Icon name="check" size={15} />}
      </button>
      {isWaiting && !isGone && (
        <button
          type="button"
          class={`button small primary ${styles.claim}`}
          tabIndex={-1}
          onClick={() => claimAndOpen(conversation)}
        >
          Claim
        </button>
      )}
    </li>
  );
}

function Preview({ entry, isOpen }: { entry: EntryView; isOpen: boolean }) {
  const unsent = !isOpen && unsentIn(entry.conversation);
  return (
    <span class={styles.preview} dir="auto">
      {unsent ? <><em>Draft:</em> {unsent}</> : lastSaid(entry)}
    </span>
  );
}

function unsentIn(conversation: string): string {
  return draft(conversation, 'reply').value.trim() || draft(conversation, 'note').value.trim();
}

function Unread({ count }: { count: number }) {
  return (
    <span class={styles.unread}>
      <span aria-hidden="true">{count > 9 ? '9+' : count}</span>
      <span class="for-screen-readers">{counted(count, 'new message')}</span>
    </span>
  );
}
