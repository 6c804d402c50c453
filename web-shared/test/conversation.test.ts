import { describe, expect, it } from 'vitest';
import { apply, emptyState, type ConversationState } from '../src/conversation.ts';
import type { AuthorView, EventFrame, ToVisitor, Welcome } from '../src/protocol/frames.ts';

const VISITOR: AuthorView = { kind: 'visitor' };
const BOT: AuthorView = { kind: 'bot' };
const MAYA: AuthorView = { kind: 'agent', name: 'Maya' };

const settings = {
  site: 'Fernhill', bot_name: 'Fern', greeting: 'Hello', disclosure: 'I am a bot',
  popular: [], articles: 0, kept_days: 30, message_chars: 4000,
};

function said(seq: number, author: AuthorView, conversation = 'one'): EventFrame {
  const minute = String(seq).padStart(2, '0');
  const hour = conversation === 'one' ? '09' : '10';
  return {
    conversation, seq, at: `2026-11-12T${hour}:${minute}:00Z`, kind: 'message',
    author, text: `message ${seq}`, blocks: [],
  };
}

const transcript = [1, 2, 3, 4, 5, 6].map((seq) => said(seq, seq % 2 ? VISITOR : BOT));

function welcome(events: EventFrame[], changes: Partial<Welcome> = {}): ToVisitor {
  return {
    type: 'welcome', token: 'secret', conversation: events[0]?.conversation ?? null,
    last_seq: events.at(-1)?.seq ?? 0, events: events.map(asFrame), status: { status: 'with_bot' },
    availability: { agents: true }, settings, ...changes,
  };
}

function asFrame<E extends EventFrame>(event: E) {
  return { type: 'event' as const, ...event };
}

function replay(frames: ToVisitor[], start: ConversationState = emptyState): ConversationState {
  return frames.reduce(apply, start);
}

const seqs = (state: ConversationState) => state.events.map((event) => event.seq);

describe('replay equals refetch', () => {
  const refetched = replay([welcome(transcript)]);

  it('whether events come one by one or all at once', () => {
    expect(replay([welcome([]), ...transcript.map(asFrame)])).toEqual(refetched);
  });

  it.each([0, 1, 3, 6])('with a reconnect after event %i', (cut) => {
    const frames = [
      welcome([]),
      ...transcript.slice(0, cut).map(asFrame),
      welcome(transcript.slice(cut), { conversation: 'one', last_seq: 6 }),
    ];
    expect(replay(frames)).toEqual(refetched);
  });

  it('when the first 200 come with welcome and the rest follow', () => {
    const [first, rest] = [transcript.slice(0, 2), transcript.slice(2)];
    expect(replay([welcome(first, { last_seq: 6 }), ...rest.map(asFrame)])).toEqual(refetched);
  });

  it('with everything twice and out of order', () => {
    const shuffled = [1, 1, 2, 1, 3, 2, 4, 5, 3, 6, 6].map((seq) => asFrame(transcript[seq - 1]!));
    expect(replay([welcome([]), ...shuffled])).toEqual(refetched);
  });
});

describe('gaps', () => {
  it('are noticed, and nothing is applied before they are closed', () => {
    const behind = replay([welcome(transcript.slice(0, 2)), asFrame(transcript[3]!)]);
    expect(behind.isBehind).toBe(true);
    expect(seqs(behind)).toEqual([1, 2]);
    const closed = apply(behind, welcome(transcript.slice(2), { last_seq: 6 }));
    expect(closed.isBehind).toBe(false);
    expect(seqs(closed)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('show in a ping', () => {
    const state = replay([welcome(transcript)]);
    expect(apply(state, { type: 'ping', last_seq: 6 })).toBe(state);
    expect(apply(state, { type: 'ping', last_seq: 7 }).isBehind).toBe(true);
  });
});

describe('another conversation', () => {
  it('replaces the one before', () => {
    const resolved = apply(replay([welcome(transcript)]), { type: 'status', status: 'resolved' });
    const anew = apply(resolved, asFrame(said(1, VISITOR, 'two')));
    expect(anew.conversation).toBe('two');
    expect(seqs(anew)).toEqual([1]);
    expect(anew.status.status).toBe('with_bot');
  });

  it('is not brought back by a late receipt', () => {
    const anew = replay([welcome([said(1, VISITOR, 'two')])]);
    expect(apply(anew, asFrame(transcript[0]!))).toBe(anew);
  });

  it('comes whole with a welcome', () => {
    const moved = replay([welcome(transcript), welcome([said(1, VISITOR, 'two')])]);
    expect(seqs(moved)).toEqual([1]);
    expect(replay([welcome(transcript), welcome([])]).events).toEqual([]);
  });
});

describe('signs', () => {
  it('typing ends with the message', () => {
    const typing = apply(replay([welcome(transcript)]), { type: 'typing', author: MAYA });
    expect(typing.typing).toEqual(MAYA);
    expect(apply(typing, asFrame(said(7, VISITOR))).typing).toEqual(MAYA);
    expect(apply(typing, asFrame(said(7, MAYA))).typing).toBeUndefined();
  });

  it('seen only grows', () => {
    const seen = replay([{ type: 'seen', author: MAYA, seq: 5 }, { type: 'seen', author: MAYA, seq: 3 }]);
    expect(seen.seen).toEqual({ agent: 5, visitor: 0 });
  });

  it('unknown frames change nothing', () => {
    expect(apply(emptyState, { type: 'confetti' } as never)).toBe(emptyState);
  });
});
