import type { EntryView, EventFrame, NoteView } from 'web-shared/protocol/frames.ts';

const START = Date.parse('2026-11-23T14:00:00Z');

type Happening = EventFrame extends infer Frame
  ? Frame extends EventFrame
    ? Omit<Frame, 'conversation' | 'seq' | 'at'>
    : never
  : never;

/** Numbers the events from 1, a minute apart. */
export function events(...happenings: Happening[]): EventFrame[] {
  return happenings.map((happening, index) => {
    const at = new Date(START + index * 60_000).toISOString();
    return { conversation: 'c1', seq: index + 1, at, ...happening } as EventFrame;
  });
}

export function says(kind: 'visitor' | 'bot' | 'agent' | 'system', text: string, rest: object = {}): Happening {
  return { kind: 'message', author: { kind }, text, blocks: [], ...rest } as Happening;
}

export function entry(conversation: string, rest: Partial<EntryView> = {}): EntryView {
  return {
    conversation,
    status: 'waiting',
    visitor: { verified: false, name: conversation },
    reason: 'asked_for_agent',
    priority: 'normal',
    since: new Date(START).toISOString(),
    entered_at: new Date(START).toISOString(),
    requeued: 0,
    unread: 1,
    preview: 'Hello',
    locale: 'en',
    left: false,
    gone: false,
    last_seq: 1,
    ...rest,
  };
}

export function note(number: number, after: number, text = `Note ${number}`): NoteView {
  return { conversation: 'c1', number, after, text, author: 'Tom', at: new Date(START + after * 60_000).toISOString() };
}
