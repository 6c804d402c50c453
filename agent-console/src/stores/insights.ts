import type { Reason } from 'web-shared/protocol/frames.ts';

import { request, type Outcome } from './http.ts';

/** The numbers of a stretch of time. */
export interface Numbers {
  solved: { confirmed: number; assumed: number; of: number };
  rating: { average: number | null; count: number };
  first_reply: { median_s: number | null; in_time: number; of: number };
  not_answered: { count: number; of: number };
}

/** How the conversations ended that began on a day. */
export interface Day {
  day: string;
  confirmed: number;
  assumed: number;
  passed: number;
  open: number;
}

export interface InsightsView {
  from: string;
  until: string;
  numbers: Numbers;
  /** The same of the stretch before, as long as this one. */
  before: Numbers;
  reasons: { reason: Reason; count: number }[];
  days: Day[];
}

/** Questions about one thing that no article answers. */
export interface GapGroup {
  count: number;
  last_at: string;
  /** The visitors' language. */
  locale: string;
  /** The latest of them. */
  questions: readonly { text: string; conversation: string; seq: number }[];
  /** The article that was nearest most often. */
  nearest: string | null;
  /** How sure the bot was at best, 0 to 1. */
  best: number | null;
  /** After how many of them a person was fetched. */
  passed: number;
}

export async function listGaps(days: number): Promise<readonly GapGroup[]> {
  const answer = await request<GapGroup[]>('GET', `/api/v1/gaps?${new URLSearchParams({ days: String(days) })}`);
  return answer.ok ? answer.value : [];
}

/** The numbers since a moment, by this agent's days. */
export async function loadInsights(from: Date): Promise<Outcome<InsightsView>> {
  return request<InsightsView>('GET', `/api/v1/insights?${periodQuery(from)}`);
}

/** Where the days lie as a table. */
export function insightsTable(from: Date): string {
  return `/api/v1/insights.csv?${periodQuery(from)}`;
}

function periodQuery(from: Date): URLSearchParams {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return new URLSearchParams({ from: from.toISOString(), zone });
}
