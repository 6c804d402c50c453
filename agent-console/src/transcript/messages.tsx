import { Blocks, PlainText } from 'web-shared/blocks.tsx';
import { clockTime } from 'web-shared/time.ts';

import { Avatar, BotAvatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { me } from '../stores/presence.ts';
import { linkedMessage, linkTo } from '../stores/route.ts';
import { complain, showToast } from '../stores/toasts.ts';
import { Decision } from './decision.tsx';
import type { MessageEvent, ShownMessage } from './items.ts';
import styles from './messages.module.css';
import { usePeople } from './people.ts';

/** What one person said in a row, or one thing that the bot said. */
export function Messages({ messages }: { messages: readonly ShownMessage[] }) {
  const first = messages[0]?.event;
  const last = messages.at(-1)?.event;
  const { seenByVisitor } = usePeople();
  if (!first || !last) return null;
  if (first.author.kind === 'system') return <SystemLines messages={messages} />;
  const isOwn = first.author.kind === 'agent' && first.author.name === me.value?.name;
  return (
    <div class={styles.group} data-author={first.author.kind} data-own={isOwn}>
      <AuthorAvatar event={first} />
      <div class={styles.column}>
        <Speaker event={first} isOwn={isOwn} />
        {messages.map((message) => <Bubble key={message.event.seq} message={message} />)}
        <p class={styles.meta}>
          {clockTime(new Date(last.at), navigator.language)}
          {first.author.kind === 'agent' && seenByVisitor >= last.seq && <Seen />}
          <CopyLink seq={first.seq} />
        </p>
      </div>
    </div>
  );
}

function AuthorAvatar({ event }: { event: MessageEvent }) {
  const { visitor, conversation } = usePeople();
  if (event.author.kind === 'bot') return <BotAvatar />;
  if (event.author.kind !== 'visitor') return null;
  const isKnown = visitor !== 'Visitor' && !visitor.startsWith('Visitor from ');
  return <Avatar name={isKnown ? visitor : undefined} seed={conversation} />;
}

/** Said to all who cannot see which side a bubble is on, and shown where sides do not tell. */
function Speaker({ event, isOwn }: { event: MessageEvent; isOwn: boolean }) {
  const { visitor } = usePeople();
  const { kind, name } = event.author;
  if (kind === 'agent' && !isOwn) return <p class={styles.speaker}>{name ?? 'Agent'}</p>;
  const words = { visitor, bot: name ?? 'Bot', agent: 'You', system: 'System' }[kind];
  return <span class="for-screen-readers">{words}:</span>;
}

function Bubble({ message: { event, helpful } }: { message: ShownMessage }) {
  return (
    <>
      <div class={styles.bubble} dir="auto" data-said id={`message-${event.seq}`} data-linked={linkedMessage.value === event.seq}>
        {event.author.kind === 'bot' && event.blocks.length > 0
          ? <Blocks blocks={event.blocks} base={location.origin} />
          : <PlainText text={event.text} />}
      </div>
      {helpful !== undefined && <Rating isHelpful={helpful} />}
      {event.decision && <Decision decision={event.decision} sources={event.sources ?? []} />}
    </>
  );
}

function Rating({ isHelpful }: { isHelpful: boolean }) {
  return (
    <span class="chip" data-tone={isHelpful ? 'ok' : 'bad'}>
      <Icon name={isHelpful ? 'thumbUp' : 'thumbDown'} size={13} />
      {isHelpful ? 'Marked helpful' : 'Marked wrong'}
    </span>
  );
}

/** A link to this message, for a note or a mail to a colleague. */
function CopyLink({ seq }: { seq: number }) {
  const { conversation } = usePeople();
  const copy = async () => {
    await navigator.clipboard.writeText(linkTo(conversation, seq)).then(
      () => showToast('Link copied.'),
      () => complain('The browser did not let us copy the link.'),
    );
  };
  return (
    <button type="button" class={styles.link} aria-label="Copy link to this message" title="Copy link" onClick={() => void copy()}>
      <Icon name="link" size={13} />
    </button>
  );
}

function Seen() {
  return <span class={styles.seen}><Icon name="checks" size={14} />Seen</span>;
}

/** What the desk told the visitor by itself. */
function SystemLines({ messages }: { messages: readonly ShownMessage[] }) {
  return (
    <>
      {messages.map(({ event }) => (
        <p key={event.seq} class={styles.system} dir="auto"><b>To the visitor:</b> <span data-said>{event.text}</span></p>
      ))}
    </>
  );
}
