import type { ComponentChildren } from 'preact';
import { clockTime, dayName, isSameDay } from 'web-shared/time.ts';
import { safeHref } from 'web-shared/links.ts';

import { contactOf } from '../stores/contacts.ts';
import { now } from '../stores/clock.ts';
import { conversation } from '../stores/conversations.ts';
import { packetOf } from '../stores/packets.ts';
import { entryOf } from '../stores/queue.ts';
import { queueTitle } from '../stores/queues.ts';
import { counted, languageName, REASON_CHIP } from '../words.ts';
import styles from './context.module.css';
import { deviceWords, localTime } from './local-time.ts';

interface DetailsProps {
  id: string;
  /** Only what helps with the answer. */
  isShort?: boolean;
}

/** Facts about the visitor and the conversation. */
export function Details({ id, isShort = false }: DetailsProps) {
  return (
    <section class={styles.section} aria-labelledby="details-title">
      <h2 id="details-title" class={styles.title}>Details</h2>
      <dl class={styles.details}>
        <VisitorFacts id={id} />
        {!isShort && <ConversationFacts id={id} />}
      </dl>
    </section>
  );
}

/** Who asks, and from where. */
function VisitorFacts({ id }: { id: string }) {
  const visitor = packetOf(id)?.visitor;
  const attributes = visitor?.attributes ?? contactOf(id)?.attributes ?? {};
  const entry = entryOf(id);
  const time = localTime(visitor?.time_zone, new Date(now.value), navigator.language);
  const earlier = beforeWords(id);
  return (
    <>
      {Object.entries(attributes).map(([name, value]) => <Fact key={name} name={name}>{value}</Fact>)}
      {entry?.visitor.page_url && <Fact name="Page"><Page url={entry.visitor.page_url} title={entry.visitor.page_title} /></Fact>}
      {entry && <Fact name="Language">{languageName(entry.locale)}</Fact>}
      {time && <Fact name="Local time">{time}</Fact>}
      {visitor?.device && <Fact name="Device"><span title={visitor.device}>{deviceWords(visitor.device)}</span></Fact>}
      {visitor?.external_id && <Fact name="Site’s id">{visitor.external_id}</Fact>}
      {visitor?.consent && <Fact name="Agreed to">{visitor.consent.notice}, {when(visitor.consent.at)}</Fact>}
      {earlier && <Fact name="Before">{earlier}</Fact>}
    </>
  );
}

/** Where the conversation stands. */
function ConversationFacts({ id }: { id: string }) {
  const entry = entryOf(id);
  const packet = packetOf(id);
  const { events } = conversation(id).value;
  const messages = events.filter((event) => event.kind === 'message' && event.author.kind === 'visitor').length;
  return (
    <>
      {packet?.reason && <Fact name="Reason">{REASON_CHIP[packet.reason]}</Fact>}
      {entry?.queue && <Fact name="Queue">{queueTitle(entry.queue)}</Fact>}
      {events[0] && <Fact name="Started">{when(events[0].at)}</Fact>}
      {packet?.since && <Fact name="Waited from">{when(packet.since)}</Fact>}
      {packet && packet.requeued > 0 && <Fact name="Came back">{counted(packet.requeued, 'time')}</Fact>}
      {messages > 0 && <Fact name="Wrote">{counted(messages, 'message')}</Fact>}
    </>
  );
}

/** "2 conversations, rated 4 of 5": what is known from before. */
function beforeWords(id: string): string | null {
  const earlier = packetOf(id)?.earlier ?? [];
  if (earlier.length === 0) return null;
  const score = earlier.find((each) => each.score !== undefined)?.score;
  const count = counted(contactOf(id)?.history.filter((each) => each.id !== id).length || earlier.length, 'conversation');
  return score === undefined ? count : `${count}, rated ${score} of 5`;
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
