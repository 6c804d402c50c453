import { computed, effect } from '@preact/signals';

import { askedAgain, conversation } from './conversations.ts';
import { mine } from './queue.ts';
import { openConversation } from './route.ts';
import { connectionState, send } from './socket.ts';

/** What the server sends us on the present socket. */
const followed = new Set<string>();

/** The open conversation, and all of mine, so that changing between them is instant. */
const wanted = computed(() => {
  const ids = new Set(mine.value.map((entry) => entry.conversation));
  if (openConversation.value) ids.add(openConversation.value);
  return ids;
});

/** Keeps what is followed equal to what is wanted, on every new socket too; returns how to stop. */
export function startFollowing(): () => void {
  const stop = effect(() => {
    const ids = wanted.value;
    if (connectionState.value !== 'open') return followed.clear();
    for (const id of ids) if (!followed.has(id)) follow(id);
    for (const id of [...followed]) if (!ids.has(id)) unfollow(id);
  });
  return () => {
    stop();
    followed.clear();
  };
}

/** Asks for everything after the last number we have. */
export function follow(id: string): void {
  const { lastSeq } = conversation(id).peek();
  if (!send({ type: 'follow', conversation: id, after: lastSeq })) return;
  followed.add(id);
  askedAgain(id);
}

function unfollow(id: string): void {
  followed.delete(id);
  send({ type: 'unfollow', conversation: id });
}
