import { transfer } from '../commands.ts';
import type { Holder } from './holder.ts';
import { me } from './presence.ts';
import { maySupervise } from './roles.ts';

/** A supervisor may take what another agent has. */
export function mayTakeOver({ status, isMine }: Holder): boolean {
  return maySupervise.value && !isMine && (status === 'with_agent' || status === 'snoozed');
}

export function takeOver(conversation: string): void {
  const self = me.value;
  if (self) transfer([conversation], { agent: self.id, comment: `${self.name} took over` }, 'you');
}
