import type { EventFrame } from 'web-shared/protocol/frames.ts';
import { clockTime, dayName } from 'web-shared/time.ts';

import { Icon } from '../parts/icon.tsx';
import { now } from '../stores/clock.ts';
import { BotPartView } from './bot-part.tsx';
import { happenedWords } from './happened-words.ts';
import { HandoverView } from './handover.tsx';
import type { Item } from './items.ts';
import { Messages } from './messages.tsx';
import { NoteCard } from './note.tsx';
import styles from './transcript.module.css';
import { Unsent } from './unsent.tsx';

export function ItemView({ item }: { item: Item }) {
  switch (item.kind) {
    case 'bot_part':
      return <BotPartView part={item} />;
    case 'messages':
      return <Messages messages={item.messages} />;
    case 'note':
      return <NoteCard author={item.note.author} text={item.note.text} at={item.note.at} />;
    case 'unsent':
      return <Unsent change={item.change} />;
    case 'handover':
      return <HandoverView handover={item} />;
    case 'happened':
      return <Happened event={item.event} />;
    case 'day':
      return <Day at={item.at} />;
  }
}

function Day({ at }: { at: string }) {
  const locale = navigator.language;
  return <p class={styles.day}>{dayName(new Date(at), new Date(now.peek()), locale)}</p>;
}

function Happened({ event }: { event: EventFrame }) {
  const locale = navigator.language;
  const at = clockTime(new Date(event.at), locale);
  if (event.kind === 'contact_left') return <ContactLeft event={event} />;
  const words = happenedWords(event, locale);
  return words ? <p class={styles.happened} dir="auto">{words}, {at}</p> : null;
}

/** A left message is answered by e-mail, so the address is a link. */
function ContactLeft({ event }: { event: EventFrame & { kind: 'contact_left' } }) {
  const { email, name, message } = event;
  return (
    <div class={styles.contact}>
      <Icon name="mail" size={16} />
      <div>
        <p>{name ?? 'The visitor'} left an address: <a href={`mailto:${email}`}>{email}</a></p>
        {message && <p class={styles.contactText} dir="auto" data-said>{message}</p>}
      </div>
    </div>
  );
}
