import type { WeekDay } from '../settings/hours.ts';
import { request, type Problem } from './http.ts';

/** When a queue is open on a day of the week. */
export interface Opening {
  day: WeekDay;
  from: string;
  to: string;
}

/** A queue as an administrator sets it. */
export interface QueueSettings {
  name: string;
  title: string;
  /** Nobody named means every agent. */
  members: readonly string[];
  languages: readonly string[];
  capacity: number;
  cap: number;
  assignment: 'manual' | 'balanced';
  hours: { time_zone: string; week: readonly Opening[]; holidays: readonly string[] };
  first_reply_s?: number | null;
}

const PATH = '/api/v1/queues';

export async function listQueues(): Promise<readonly QueueSettings[] | Problem> {
  const answer = await request<QueueSettings[]>('GET', PATH);
  return answer.ok ? answer.value : answer.problem;
}

/** Keeps a queue, new or changed. */
export async function saveQueue(queue: QueueSettings): Promise<Problem | null> {
  const { name, title, members, languages, capacity, cap, assignment, hours, first_reply_s } = queue;
  const settings = { title, members, languages, capacity, cap, assignment, hours, first_reply_s };
  const answer = await request('PUT', `${PATH}/${encodeURIComponent(name)}`, settings);
  return answer.ok ? null : answer.problem;
}

export async function removeQueue(name: string): Promise<Problem | null> {
  const answer = await request('DELETE', `${PATH}/${encodeURIComponent(name)}`);
  return answer.ok ? null : answer.problem;
}
