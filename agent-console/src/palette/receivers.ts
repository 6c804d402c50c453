import { agents, me } from '../stores/presence.ts';
import { queues } from '../stores/queues.ts';
import { AVAILABILITY } from '../words.ts';

/** Who or what can get a conversation. */
export interface Receiver {
  kind: 'agent' | 'queue';
  id: string;
  name: string;
  detail: string;
}

const ORDER = { online: 0, away: 1, offline: 2 } as const;

/** The other agents, those who are there first, then the queues. */
export function receivers(): Receiver[] {
  const others = agents.value.filter((agent) => agent.id !== me.value?.id);
  const sorted = [...others].sort(
    (one, other) => ORDER[one.availability] - ORDER[other.availability] || one.open - other.open,
  );
  const people = sorted.map((agent): Receiver => ({
    kind: 'agent',
    id: agent.id,
    name: agent.name,
    detail: `${AVAILABILITY[agent.availability]}, has ${agent.open}${agent.capacity > 0 ? ` of ${agent.capacity}` : ''}`,
  }));
  const teams = queues.value.map((queue): Receiver => ({
    kind: 'queue',
    id: queue.name,
    name: queue.title,
    detail: `${queue.open ? 'Open' : 'Closed'}, ${queue.waiting} waiting`,
  }));
  return [...people, ...teams];
}
