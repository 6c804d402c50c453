import { effect } from '@preact/signals';

import { openConversation } from './route.ts';
import { connectionState, send } from './socket.ts';

/** Tells the colleagues which conversation is on this screen, on every new socket too; returns how to stop. */
export function startViewing(): () => void {
  return effect(() => {
    const conversation = openConversation.value;
    if (connectionState.value === 'open') send({ type: 'view', ...(conversation && { conversation }) });
  });
}
