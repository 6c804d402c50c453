import type { EventFrame, Settings, ToVisitor, Welcome } from 'web-shared/protocol/frames.ts';
import { ManualSurroundings } from '../../web-shared/test/manual-surroundings.ts';
import { Desk } from '../src/panel/desk.ts';
import { Introduction } from '../src/panel/introduction.ts';
import { Session } from '../src/panel/session.ts';

export const settings: Settings = {
  site: 'Fernhill', bot_name: 'Fern', greeting: 'Hello', disclosure: 'I am a bot', popular: [], articles: 3,
  kept_days: 30, message_chars: 4000,
};

export class MemoryKeep {
  values = new Map<string, string>();
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);
  removeItem = (key: string) => void this.values.delete(key);
}

type Fields<K extends EventFrame['kind']> = Omit<Extract<EventFrame, { kind: K }>, 'conversation' | 'seq' | 'at' | 'kind'>;

/** A conversation to write into, as the server would. */
export class Story {
  events: EventFrame[] = [];

  constructor(readonly conversation = 'one', private readonly hour = '09') {}

  happens<K extends EventFrame['kind']>(kind: K, fields: Fields<K>, minute = this.events.length): EventFrame {
    const seq = this.events.length + 1;
    const at = `2026-11-12T${this.hour}:${String(minute).padStart(2, '0')}:00Z`;
    const event = { conversation: this.conversation, seq, at, kind, ...fields } as unknown as EventFrame;
    this.events.push(event);
    return event;
  }

  says(kind: 'visitor' | 'bot' | 'agent' | 'system', text: string, more: Partial<Fields<'message'>> = {}, minute?: number): EventFrame {
    return this.happens('message', { author: { kind, ...(kind === 'agent' && { name: 'Maya' }) }, text, blocks: [], ...more }, minute);
  }
}

export function frame(event: EventFrame): ToVisitor {
  return { type: 'event', ...event };
}

/** A desk whose server is the test. */
export class FakeDesk {
  world = new ManualSurroundings();
  keep = new MemoryKeep();
  session = new Session(this.keep);
  news: string[] = [];
  errors: string[] = [];
  begun = 0;
  desk: Desk;

  constructor() {
    this.world.chance = 0;
    this.desk = new Desk({
      url: 'ws://desk.example/ws/visitor',
      keep: this.keep,
      session: this.session,
      introduction: new Introduction('en'),
      surroundings: this.world,
      onChange: () => {},
      onNews: (event) => this.news.push(event.kind),
      onError: (error) => this.errors.push(error.code),
      onBegun: () => (this.begun += 1),
    });
  }

  get sent() {
    return this.world.socket.sent;
  }

  connects(changes: Partial<Welcome> = {}): void {
    this.desk.connect();
    this.world.socket.opens();
    this.receives({
      type: 'welcome', token: 'secret', conversation: null, last_seq: 0, events: [],
      status: { status: 'with_bot' }, availability: { agents: true }, settings, ...changes,
    });
  }

  receives(received: ToVisitor): void {
    this.world.socket.receives(received);
  }

  /** The server kept a frame: it comes back as an event. */
  confirms(story: Story, index = -1): void {
    const { client_id, text } = this.sent.at(index) as unknown as { client_id: string; text: string };
    this.receives(frame(story.says('visitor', text, { client_id } as object)));
  }

  drops(code = 1006): void {
    this.world.socket.closes(code);
    this.world.passes(1000);
  }
}
