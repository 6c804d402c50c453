import { moment } from 'web-shared/time.ts';

import { toggleContext } from '../context/context-drawer.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { ReplyClock } from '../sla/reply-clock.tsx';
import { WaitingClock } from '../list/row-time.tsx';
import { now } from '../stores/clock.ts';
import { holderOf, type Holder } from '../stores/holder.ts';
import { packetOf } from '../stores/packets.ts';
import { entryOf } from '../stores/queue.ts';
import { contextIsOpen, goTo } from '../stores/route.ts';
import { viewersOf } from '../stores/viewers.ts';
import { namesList, visitorName } from '../words.ts';
import { Actions } from './actions.tsx';
import styles from './header.module.css';

const MINUTE_MS = 60_000;

/** Who the open conversation is with, and what can be done with it. */
export function Header({ id }: { id: string }) {
  const entry = entryOf(id);
  const visitor = entry?.visitor;
  const holder = holderOf(id);
  return (
    <header class={styles.header}>
      <button
        type="button"
        class={`icon-button ${styles.back}`}
        aria-label="Back to the list"
        onClick={() => goTo(null)}
      >
        <Icon name="back" />
      </button>
      <span class={styles.avatar}><Avatar name={visitor?.name ?? visitor?.email} seed={id} size="large" /></span>
      <div class={styles.who}>
        <h2 id="conversation-title" tabIndex={-1}>
          <span dir="auto">{visitorName(visitor)}</span>
          <StatusChip holder={holder} />
        </h2>
        {visitor?.page_title && <p dir="auto">On “{visitor.page_title}”{stayWords(id)}</p>}
      </div>
      <Viewers id={id} />
      {entry && (
        <span class={styles.sla}>
          {holder.isMine && holder.status === 'with_agent' && <ReplyClock entry={entry} />}
          {holder.status === 'waiting' && <WaitingClock entry={entry} />}
        </span>
      )}
      <Actions id={id} holder={holder} />
      <button
        type="button"
        class={`icon-button ${styles.context}`}
        aria-label="Suggestions and visitor"
        title="Suggestions and visitor"
        aria-expanded={contextIsOpen.value}
        onClick={toggleContext}
      >
        <Icon name="panel" />
      </button>
    </header>
  );
}

/** For how long the visitor has been on the page. */
function stayWords(id: string): string {
  const page = packetOf(id)?.visitor.pages.at(-1);
  const minutes = page ? Math.floor((now.value - Date.parse(page.at)) / MINUTE_MS) : 0;
  return minutes >= 1 && minutes < 60 ? ` for ${minutes} min` : '';
}

/** The colleagues who look at the same conversation. */
function Viewers({ id }: { id: string }) {
  const viewers = viewersOf(id);
  if (viewers.length === 0) return null;
  const words = `${namesList(viewers.map(({ name }) => name))} ${viewers.length > 1 ? 'are' : 'is'} also viewing`;
  return (
    <span class={styles.viewers} role="img" aria-label={words} title={words}>
      {viewers.slice(0, 3).map((viewer) => <Avatar key={viewer.id} name={viewer.name} seed={viewer.id} size="small" />)}
    </span>
  );
}

function StatusChip({ holder }: { holder: Holder }) {
  if (holder.status === 'unknown') return null;
  const [words, tone] = statusWords(holder);
  return <span class="chip" data-tone={tone}>{words}</span>;
}

function statusWords({ status, isMine, agent, until }: Holder): [string, string | undefined] {
  switch (status) {
    case 'waiting':
      return ['Waiting', 'warn'];
    case 'with_agent':
      return isMine ? ['Yours', 'ok'] : [`With ${agent ?? 'another agent'}`, undefined];
    case 'snoozed':
      return [until ? `Snoozed until ${wakes(until)}` : 'Snoozed', undefined];
    case 'resolved':
      return ['Resolved', undefined];
    default:
      return ['With the bot', undefined];
  }
}

function wakes(until: string): string {
  return moment(new Date(until), new Date(now.peek()), navigator.language);
}
