import { signal } from '@preact/signals';
import type { QueueInfo } from 'web-shared/protocol/frames.ts';

/** The queues of the desk, the default one first. */
export const queues = signal<readonly QueueInfo[]>([]);

/** What to call a queue on the screen. */
export function queueTitle(name: string): string {
  return queues.value.find((queue) => queue.name === name)?.title ?? name;
}

export function queuesArrived(all: readonly QueueInfo[]): void {
  queues.value = all;
}
