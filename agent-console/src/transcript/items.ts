import type { EventFrame, NoteView, Reason } from 'web-shared/protocol/frames.ts';

import type { Change } from '../stores/changes.ts';
import { isWritten } from '../stores/changes.ts';

export type MessageEvent = EventFrame & { kind: 'message' };

/** A message with what became of it. */
export interface ShownMessage {
  event: MessageEvent;
  /** The visitor's verdict on an answer. */
  helpful?: boolean;
}

export interface Handover {
  kind: 'handover';
  key: string;
  at: string;
  reason: Reason;
  claimed?: { by: string; at: string };
}

/** What the bot and the visitor said to each other, to be folded. */
export interface BotPart {
  kind: 'bot_part';
  key: string;
  messages: readonly ShownMessage[];
  /** The question that a person must answer now; stays visible. */
  asked?: ShownMessage;
}

/** What a transcript is made of, from top to bottom. */
export type Item =
  | BotPart
  | { kind: 'day'; key: string; at: string }
  | { kind: 'messages'; key: string; messages: readonly ShownMessage[] }
  | { kind: 'happened'; key: string; event: EventFrame }
  | Handover
  | { kind: 'note'; key: string; note: NoteView }
  | { kind: 'unsent'; key: string; change: Change };

interface Input {
  events: readonly EventFrame[];
  notes: readonly NoteView[];
  changes: readonly Change[];
}

const GROUPED_WITHIN_MS = 5 * 60 * 1000;

/** The transcript: the bot's parts folded, notes in their places, unsent messages last. */
export function transcriptItems({ events, notes, changes }: Input): Item[] {
  const builder = new Builder(ratings(events));
  const waitingNotes = [...notes];
  for (const event of events) {
    while (waitingNotes[0] && waitingNotes[0].after < event.seq) builder.addNote(waitingNotes.shift()!);
    builder.addEvent(event);
  }
  for (const note of waitingNotes) builder.addNote(note);
  const unsent = changes.filter((change) => isWritten(change.frame));
  return [...builder.finish(), ...unsent.map(unsentItem)];
}

/** Collects items; while the bot has the conversation, into a part of its own. */
class Builder {
  private readonly items: Item[] = [];
  private botPart: ShownMessage[] | null = [];
  private notesOfBotPart: NoteView[] = [];
  private handover: Handover | null = null;
  private hasAgent = false;
  private lastDay = '';

  constructor(private readonly ratings: ReadonlyMap<number, boolean>) {}

  addEvent(event: EventFrame): void {
    switch (event.kind) {
      case 'message':
        return this.addMessage(event);
      case 'escalated':
        return this.addHandover(event.at, event.seq, event.reason);
      case 'claimed':
        return this.addClaim(event, event.agent.name);
      case 'transferred':
        this.hasAgent = event.agent !== undefined;
        return this.addHappened(event);
      case 'released':
      case 'requeued':
        this.hasAgent = false;
        return this.addHappened(event);
      case 'withdrawn':
      case 'given_back':
        return this.backToBot(event);
      case 'reopened':
        return this.hasAgent ? this.addHappened(event) : this.backToBot(event);
      case 'offered':
      case 'answer_rated':
        // Shown with the message that they are about.
        return;
      default:
        return this.addHappened(event);
    }
  }

  addNote(note: NoteView): void {
    if (this.botPart) this.notesOfBotPart.push(note);
    else this.push({ kind: 'note', key: `note-${note.number}`, note }, note.at);
  }

  finish(): Item[] {
    const open = this.botPart;
    this.botPart = null;
    for (const message of open ?? []) this.addMessage(message.event);
    this.placeNotes();
    return this.items;
  }

  private addMessage(event: MessageEvent): void {
    const helpful = this.ratings.get(event.seq);
    const shown: ShownMessage = helpful === undefined ? { event } : { event, helpful };
    if (this.botPart) {
      this.botPart.push(shown);
      return;
    }
    const last = this.items.at(-1);
    if (last?.kind === 'messages' && belongTogether(last.messages.at(-1)!.event, event)) {
      this.items[this.items.length - 1] = { ...last, messages: [...last.messages, shown] };
    } else {
      this.push({ kind: 'messages', key: `event-${event.seq}`, messages: [shown] }, event.at);
    }
  }

  private addHandover(at: string, seq: number, reason: Reason): void {
    this.foldBotPart();
    this.hasAgent = false;
    this.handover = { kind: 'handover', key: `event-${seq}`, at, reason };
    this.push(this.handover, at);
  }

  /** The first claim completes the divider above; later ones are lines of their own. */
  private addClaim(event: EventFrame, by: string): void {
    this.foldBotPart();
    this.hasAgent = true;
    if (!this.handover) return this.addHappened(event);
    const index = this.items.indexOf(this.handover);
    this.items[index] = { ...this.handover, claimed: { by, at: event.at } };
    this.handover = null;
  }

  private backToBot(event: EventFrame): void {
    this.addHappened(event);
    this.handover = null;
    this.hasAgent = false;
    this.botPart = [];
  }

  private addHappened(event: EventFrame): void {
    this.foldBotPart();
    this.push({ kind: 'happened', key: `event-${event.seq}`, event }, event.at);
  }

  private foldBotPart(): void {
    const part = this.botPart;
    this.botPart = null;
    const first = part?.[0]?.event;
    if (!part || !first) return;
    if (!part.some(({ event }) => event.author.kind === 'bot')) {
      for (const { event } of part) this.addMessage(event);
      return this.placeNotes();
    }
    const asked = part.findLast(({ event }) => event.author.kind === 'visitor');
    const messages = { messages: part, ...(asked && { asked }) };
    this.push({ kind: 'bot_part', key: `part-${first.seq}`, ...messages }, first.at);
    this.placeNotes();
  }

  private placeNotes(): void {
    const notes = this.notesOfBotPart;
    this.notesOfBotPart = [];
    for (const note of notes) this.push({ kind: 'note', key: `note-${note.number}`, note }, note.at);
  }

  private push(item: Item, at: string): void {
    const day = new Date(at).toDateString();
    if (day !== this.lastDay) this.items.push({ kind: 'day', key: `day-${day}`, at });
    this.lastDay = day;
    this.items.push(item);
  }
}

function ratings(events: readonly EventFrame[]): ReadonlyMap<number, boolean> {
  return new Map(events.flatMap((event) => (event.kind === 'answer_rated' ? [[event.answer, event.helpful]] : [])));
}

function belongTogether(before: MessageEvent, event: MessageEvent): boolean {
  return (
    before.author.kind === event.author.kind &&
    before.author.name === event.author.name &&
    Date.parse(event.at) - Date.parse(before.at) < GROUPED_WITHIN_MS
  );
}

function unsentItem(change: Change): Item {
  return { kind: 'unsent', key: change.frame.client_id, change };
}
