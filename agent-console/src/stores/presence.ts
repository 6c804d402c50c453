import { computed, signal } from '@preact/signals';
import type { AgentView, Availability } from 'web-shared/protocol/frames.ts';

/** Who is signed in here. */
export const me = signal<AgentView | null>(null);

/** Every agent of the desk. */
export const agents = signal<readonly AgentView[]>([]);

/** How many conversations this agent may have; 0 is without limit. */
export const capacity = signal(0);

/** What was chosen here and is not confirmed yet. */
export const chosenAvailability = signal<Availability | null>(null);

export const availability = computed<Availability>(
  () => chosenAvailability.value ?? me.value?.availability ?? 'offline',
);

export function welcomed(agent: AgentView, limit: number): void {
  me.value = agent;
  capacity.value = limit;
}

export function presenceArrived(everyone: readonly AgentView[]): void {
  agents.value = everyone;
  const mine = everyone.find((agent) => agent.id === me.value?.id);
  if (!mine) return;
  me.value = mine;
  if (mine.availability === chosenAvailability.value) chosenAvailability.value = null;
}

/** Notes name their author by id or by name; people read names. */
export function agentName(idOrName: string): string {
  return agents.value.find((agent) => agent.id === idOrName)?.name ?? idOrName;
}

export function forgetPresence(): void {
  me.value = null;
  agents.value = [];
  capacity.value = 0;
  chosenAvailability.value = null;
}
