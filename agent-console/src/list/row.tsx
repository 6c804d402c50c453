import type { EntryView } from 'web-shared/protocol/frames.ts';

import { claim } from '../commands.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { draft } from '../stores/drafts.ts';
import { unreadIn } from '../stores/reading.ts';
import { goTo, openConversation } from '../stores/route.ts';
import { counted, languageName, REASON_CHIP, visitorName } from '../words.ts';
import { lastSaid } from './last-said.ts';
import styles from './row.module.css';
import { LastActivity, WaitingClock } from './row-time.tsx';

interface RowProps {
  entry: EntryView;
  /** Someone else took it while the pointer was here. */
  isGone: boolean;
}

/** One conversation in the list. */
export function ListRow({ entry, isGone }: RowProps) {
  const { conversation, visitor } = entry;
  const isWaiting = entry.status === 'waiting';
  const unread = isWaiting ? 0 : unreadIn(conversation);
  return (
    <li class={styles.item} data-gone={isGone}>
      <button
        type="button"
        class={styles.row}
        data-conversation={conversation}
        data-unread={isWaiting || unread > 0}
        aria-current={openConversation.value === conversation ? 'true' : undefined}
        onClick={() => goTo(conversation)}
      >
        <Avatar name={visitor.name ?? visitor.email} seed={conversation} />
        <span class={styles.body}>
          <span class={styles.top}>
            <b dir="auto">{visitorName(visitor)}</b>
            <span class={styles.time}>
              {isGone ? 'taken' : isWaiting ? <WaitingClock entry={entry} /> : <LastActivity entry={entry} />}
            </span>
          </span>
          <Preview entry={entry} />
          <Chips entry={entry} isWaiting={isWaiting} />
        </span>
        {unread > 0 && <Unread count={unread} />}
      </button>
      {isWaiting && !isGone && (
        <button
          type="button"
          class={`button small primary ${styles.claim}`}
          tabIndex={-1}
          onClick={() => (claim(conversation), goTo(conversation))}
        >
          Claim
        </button>
      )}
    </li>
  );
}

function Preview({ entry }: { entry: EntryView }) {
  const isOpen = openConversation.value === entry.conversation;
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

function Chips({ entry, isWaiting }: { entry: EntryView; isWaiting: boolean }) {
  const language = foreignLanguage(entry.locale);
  if (!isWaiting && !entry.left && !language) return null;
  return (
    <span class={styles.chips}>
      {isWaiting && <span class="chip">{REASON_CHIP[entry.reason]}</span>}
      {language && <span class="chip" title={languageName(language)}>{language.toUpperCase()}</span>}
      {entry.left && <span class="chip" data-tone="accent"><Icon name="mail" size={13} />Left a message</span>}
    </span>
  );
}

function Unread({ count }: { count: number }) {
  return (
    <span class={styles.unread}>
      <span aria-hidden="true">{count > 9 ? '9+' : count}</span>
      <span class="for-screen-readers">{counted(count, 'new message')}</span>
    </span>
  );
}

/** The visitor's language, where it is not one of the agent's own. */
function foreignLanguage(locale: string): string | null {
  const language = locale.split('-')[0]?.toLowerCase();
  const own = navigator.languages.map((tag) => tag.split('-')[0]?.toLowerCase());
  return language && !own.includes(language) ? language : null;
}
