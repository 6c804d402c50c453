import type { EntryView } from 'web-shared/protocol/frames.ts';

const MINUTE_MS = 60_000;
/** The first reply of a person is promised within this time, where the server names no other. */
const FIRST_REPLY_MS = MINUTE_MS;
/** A left message is answered within a day. */
const LEFT_MS = 24 * 60 * MINUTE_MS;
const AMBER_FROM = 0.75;

export type Tone = 'plain' | 'warn' | 'bad';

/** Within which time a visitor who waits since `asked` is to be answered. */
export function targetMs({ left, due_at }: Pick<EntryView, 'left' | 'due_at'>, asked?: number): number {
  const promised = due_at && asked !== undefined ? Date.parse(due_at) - asked : 0;
  if (promised > 0) return promised;
  return left ? LEFT_MS : FIRST_REPLY_MS;
}

/** Amber from three quarters of the target, red after it. */
export function toneAt(waitedMs: number, target: number): Tone {
  if (waitedMs >= target) return 'bad';
  return waitedMs >= target * AMBER_FROM ? 'warn' : 'plain';
}
