import { conversation, standing } from './conversations.ts';
import { entryOf, isMine, moveOf } from './queue.ts';

/** Who has a conversation, with what this agent has just done to it. */
export interface Holder {
  /** `unknown` until something of it has come. */
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
  const entry = entryOf(id);
  const status = moveOf(id) ?? statusOf(id);
  const agent = isLoaded(id) ? 'agent' in said && said.agent : entry?.agent?.name;
  const until = said.status === 'snoozed' ? said.until : entry?.until;
  return {
    status,
    isMine: own,
    canBeClaimed: !own && (status === 'waiting' || status === 'with_bot'),
    ...(!own && agent && { agent }),
    ...(until && { until }),
  };
}

function statusOf(id: string): string {
  return isLoaded(id) ? standing(id).value.status : (entryOf(id)?.status ?? 'unknown');
}

function isLoaded(id: string): boolean {
  return conversation(id).value.lastSeq > 0;
}
