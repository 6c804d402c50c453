import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { typingAgents, viewersOf } from '../stores/viewers.ts';
import { namesList } from '../words.ts';
import type { MessageEvent } from '../transcript/items.ts';
import { readNewReply } from './collision.ts';
import styles from './collision.module.css';

/** A reply that landed while this one was written; sending both must be meant. */
export function NewReply({ id, reply }: { id: string; reply: MessageEvent }) {
  return (
    <div class={styles.landed} role="alert">
      <Icon name="alert" size={16} />
      <p><b>{reply.author.name ?? 'Somebody'} replied while you were writing:</b> <q dir="auto">{reply.text}</q></p>
      <button type="button" class="text-button" onClick={() => readNewReply(id)}>OK</button>
    </div>
  );
}

/** Who else is here, and whether they write. */
export function Others({ id }: { id: string }) {
  const typing = typingAgents(id);
  const viewers = viewersOf(id);
  const shown = typing.length > 0 ? typing : viewers;
  if (shown.length === 0) return null;
  const words = typing.length > 0 ? 'typing a reply' : 'viewing';
  return (
    <span class={styles.others} data-typing={typing.length > 0}>
      {shown.slice(0, 3).map(({ id: agent, name }) => <Avatar key={agent} name={name} seed={agent} size="tiny" />)}
      {namesList(shown.map(({ name }) => name))} {shown.length > 1 ? 'are' : 'is'} {words}
    </span>
  );
}
