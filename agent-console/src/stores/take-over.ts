import type { Holder } from './holder.ts';
import { maySupervise } from './roles.ts';

/** A supervisor may take what another agent has. */
export function mayTakeOver({ status, isMine }: Holder): boolean {
  return maySupervise.value && !isMine && (status === 'with_agent' || status === 'snoozed');
}
