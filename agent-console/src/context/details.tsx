import type { ComponentChildren } from 'preact';
import { clockTime, dayName, isSameDay } from 'web-shared/time.ts';
import { safeHref } from 'web-shared/links.ts';

import { contactOf } from '../stores/contacts.ts';
import { now } from '../stores/clock.ts';
import { conversation } from '../stores/conversations.ts';
import { entryOf } from '../stores/queue.ts';
import { counted, languageName, REASON_CHIP } from '../words.ts';
import styles from './context.module.css';

/** Facts about the conversation. */
export function Details({ id }: { id: string }) {
  const entry = entryOf(id);
  const { events } = conversation(id).value;
  const messages = events.filter((event) => event.kind === 'message' && event.author.kind === 'visitor').length;
  const url = entry?.visitor.page_url;
  return (
    <section class={styles.section} aria-labelledby="details-title">
      <h2 id="details-title" class={styles.title}>Details</h2>
      <dl class={styles.details}>
        {url && <Fact name="Page"><Page url={url} title={entry.visitor.page_title} /></Fact>}
        {entry && <Fact name="Language">{languageName(entry.locale)}</Fact>}
        {entry && <Fact name="Reason">{REASON_CHIP[entry.reason]}</Fact>}
        {entry?.queue && <Fact name="Queue">{entry.queue}</Fact>}
        {Object.entries(contactOf(id)?.attributes ?? {}).map(([name, value]) => <Fact key={name} name={name}>{value}</Fact>)}
        {contactOf(id)?.referrer && <Fact name="Came from">{contactOf(id)?.referrer}</Fact>}
        {events[0] && <Fact name="Started">{when(events[0].at)}</Fact>}
        {messages > 0 && <Fact name="Visitor">{counted(messages, 'message')}</Fact>}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Page({ url, title }: { url: string; title: string | undefined }) {
  const href = safeHref(url);
  const words = title ?? url;
  if (!href) return <>{words}</>;
  return <a href={href} title={url} target="_blank" rel="noopener noreferrer">{words}</a>;
}

function when(at: string): string {
  const date = new Date(at);
  const today = new Date(now.peek());
  const time = clockTime(date, navigator.language);
  return isSameDay(date, today) ? time : `${dayName(date, today, navigator.language)}, ${time}`;
}
