import { conversation, standing } from './conversations.ts';
import { entryOf, isMine, moveOf } from './queue.ts';

/** Who has a conversation, with what this agent has just done to it. */
export interface Holder {
  status: string;
  isMine: boolean;
  /** Waits, or is still with the bot. */
  canBeClaimed: boolean;
  /** Another agent's name. */
  agent?: string;
  /** When a sleeping one wakes. */
  until?: string;
}

export function holderOf(id: string): Holder {
  const own = isMine(id);
  const said = standing(id).value;
  const status = moveOf(id) ?? statusOf(id);
  return {
    status,
    isMine: own,
    canBeClaimed: !own && (status === 'waiting' || status === 'with_bot'),
    ...(!own && 'agent' in said && said.agent && { agent: said.agent }),
    ...(said.status === 'snoozed' && { until: said.until }),
  };
}

function statusOf(id: string): string {
  const isLoaded = conversation(id).value.lastSeq > 0;
  return isLoaded ? standing(id).value.status : (entryOf(id)?.status ?? 'waiting');
}
