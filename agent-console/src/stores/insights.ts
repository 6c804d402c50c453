import { request } from './http.ts';

/** Numbers for a quiet moment. */
export interface TodayNumbers {
  conversations: number;
  solved: number;
  passed: number;
}

export async function loadToday(): Promise<TodayNumbers | null> {
  const answer = await request<TodayNumbers>('GET', '/api/v1/insights/today');
  return answer.ok ? answer.value : null;
}
