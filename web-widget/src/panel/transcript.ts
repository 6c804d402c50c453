import type { AuthorView, Block, EventFrame, OptionView, SourceView } from 'web-shared/protocol/frames.ts';
import type { Act, FailedMessage, SendMessage } from './desk.ts';

export type Delivery = 'sending' | 'sent' | 'seen' | 'failed';
type MessageEvent = Extract<EventFrame, { kind: 'message' }>;

/** One bubble. */
export interface Bubble {
  key: string;
  seq?: number;
  at?: string;
  text: string;
  blocks: readonly Block[];
  sources: readonly SourceView[];
  options: readonly OptionView[];
  /** Whether the visitor said that it helped. */
  helped?: boolean;
  delivery: Delivery;
  failure?: FailedMessage;
}

/** What one side said without a pause. */
export interface Group {
  kind: 'group';
  key: string;
  author: AuthorView;
  bubbles: Bubble[];
}

export type Row =
  | { kind: 'time'; key: string; at: string }
  | Group
  | { kind: 'note'; key: string; text: string }
  | { kind: 'ended'; key: string; by: string; name?: string };

export interface TranscriptInput {
  events: readonly EventFrame[];
  pending: readonly Act[];
  failed: readonly FailedMessage[];
  seenByOthers: number;
}

const PAUSE = 5 * 60_000;
const LONG_PAUSE = 60 * 60_000;
const VISITOR: AuthorView = { kind: 'visitor' };

/** The rows of the log, oldest first. */
export function transcript({ events, pending, failed, seenByOthers }: TranscriptInput): Row[] {
  const rows: Row[] = [];
  const ratings = answerRatings(events, pending);
  let lastAt = 0;
  for (const event of events) {
    if (event.kind === 'resolved') rows.push(ended(event, events));
    if (event.kind !== 'message') continue;
    const at = Date.parse(event.at);
    if (at - lastAt > LONG_PAUSE || !isSameDate(at, lastAt)) rows.push({ kind: 'time', key: `time ${event.seq}`, at: event.at });
    if (event.author.kind === 'system') {
      // What the desk says of the end itself needs not be said twice.
      if (rows.at(-1)?.kind === 'ended') rows.pop();
      rows.push({ kind: 'note', key: keyOf(event), text: event.text });
    }
    else push(rows, event.author, bubble(event, ratings, seenByOthers), at - lastAt > PAUSE);
    lastAt = at;
  }
  for (const failure of failed) push(rows, VISITOR, unsent(failure.frame, { delivery: 'failed', failure }));
  for (const frame of pending) if (isMessage(frame)) push(rows, VISITOR, unsent(frame, { delivery: 'sending' }));
  return rows;
}

/** The number of the visitor's last message; options before it are settled. */
export function lastVisitorSeq(events: readonly EventFrame[]): number {
  return events.findLast((event) => event.kind === 'message' && event.author.kind === 'visitor')?.seq ?? 0;
}

export function isMessage(frame: Act): frame is SendMessage {
  return frame.type === 'send_message';
}

/** The last time that an agent took part, by name. */
export function lastAgentName(events: readonly EventFrame[]): string | undefined {
  const claimed = events.findLast((event) => event.kind === 'claimed');
  return claimed?.kind === 'claimed' ? claimed.agent.name : undefined;
}

/** Messages of others after this number. */
export function unreadAfter(events: readonly EventFrame[], seq: number): number {
  return events.filter((event) => event.seq > seq && isFromOthers(event)).length;
}

export function isFromOthers(event: EventFrame): event is MessageEvent {
  return event.kind === 'message' && (event.author.kind === 'agent' || event.author.kind === 'bot');
}

function push(rows: Row[], author: AuthorView, next: Bubble, isPaused = false): void {
  const last = rows.at(-1);
  if (!isPaused && last?.kind === 'group' && isSameAuthor(last.author, author)) last.bubbles.push(next);
  else rows.push({ kind: 'group', key: `group ${next.key}`, author, bubbles: [next] });
}

function bubble(event: MessageEvent, ratings: Map<number, boolean>, seenByOthers: number): Bubble {
  return {
    key: keyOf(event),
    seq: event.seq,
    at: event.at,
    text: event.text,
    blocks: event.blocks,
    sources: event.sources ?? [],
    options: event.options ?? [],
    helped: ratings.get(event.seq),
    delivery: event.seq <= seenByOthers ? 'seen' : 'sent',
  };
}

function unsent(frame: SendMessage, rest: Pick<Bubble, 'delivery' | 'failure'>): Bubble {
  return { key: frame.client_id, text: frame.text, blocks: [], sources: [], options: [], ...rest };
}

/** A message keeps its key when it is confirmed, so that its bubble stays where it is. */
function keyOf(event: EventFrame): string {
  return event.client_id ?? `${event.conversation} ${event.seq}`;
}

function answerRatings(events: readonly EventFrame[], pending: readonly Act[]): Map<number, boolean> {
  const ratings = new Map<number, boolean>();
  for (const event of events) if (event.kind === 'answer_rated') ratings.set(event.answer, event.helpful);
  for (const frame of pending) if (frame.type === 'rate_answer') ratings.set(frame.seq, frame.helpful);
  return ratings;
}

function ended(event: Extract<EventFrame, { kind: 'resolved' }>, events: readonly EventFrame[]): Row {
  const name = lastAgentName(events.filter((each) => each.seq < event.seq));
  return { kind: 'ended', key: keyOf(event), by: event.by, name };
}

function isSameAuthor(one: AuthorView, other: AuthorView): boolean {
  return one.kind === other.kind && one.name === other.name;
}

function isSameDate(one: number, other: number): boolean {
  return new Date(one).toDateString() === new Date(other).toDateString();
}
