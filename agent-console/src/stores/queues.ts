import { signal } from '@preact/signals';

import { request } from './http.ts';

/** A queue of the desk. */
export interface QueueInfo {
  id: string;
  name: string;
}

export const queues = signal<readonly QueueInfo[]>([]);

export async function loadQueues(): Promise<void> {
  const answer = await request<QueueInfo[]>('GET', '/api/v1/queues');
  if (answer.ok && Array.isArray(answer.value)) queues.value = answer.value;
}
