import type {
  AuthorView, AvailabilityView, EventFrame, Settings, StatusView, ToVisitor, Welcome,
} from './protocol/frames.ts';

/** A conversation's events, without a gap. */
export interface EventList {
  conversation: string | null;
  events: readonly EventFrame[];
  lastSeq: number;
  /** Something is missing: say `hello` again with `after: lastSeq`. */
  isBehind: boolean;
}

/** All that the visitor's screen shows of the server's side. */
export interface ConversationState extends EventList {
  status: StatusView;
  availability: AvailabilityView;
  settings?: Settings;
  token?: string;
  typing?: AuthorView;
  /** Up to which number the other side, and the visitor in any tab, has seen. */
  seen: { agent: number; visitor: number };
}

export const emptyList: EventList = { conversation: null, events: [], lastSeq: 0, isBehind: false };

export const emptyState: ConversationState = {
  ...emptyList,
  status: { status: 'with_bot' },
  availability: { agents: false },
  seen: { agent: 0, visitor: 0 },
};

/** The state after a frame. Applying events one by one or all at once gives the same. */
export function apply(state: ConversationState, frame: ToVisitor): ConversationState {
  switch (frame.type) {
    case 'welcome':
      return welcomed(state, frame);
    case 'event':
      return withEvent(state, frame);
    case 'status':
      return { ...state, status: untyped(frame) };
    case 'availability':
      return { ...state, availability: untyped(frame) };
    case 'typing':
      return { ...state, typing: frame.author };
    case 'seen':
      return { ...state, seen: withSeen(state.seen, frame.author, frame.seq) };
    case 'ping':
      return frame.last_seq > state.lastSeq ? { ...state, isBehind: true } : state;
    default:
      // Errors belong to the outbox; what a newer server sends is ignored.
      return state;
  }
}

/** The list with one more event, if it is the next one. */
export function append<L extends EventList>(list: L, event: EventFrame): L {
  if (event.conversation !== list.conversation) return startedAnew(list, event);
  if (event.seq <= list.lastSeq) return list;
  if (event.seq > list.lastSeq + 1) return { ...list, isBehind: true };
  return { ...list, events: [...list.events, event], lastSeq: event.seq };
}

function startedAnew<L extends EventList>(list: L, event: EventFrame): L {
  // The receipt of an old frame may still name an earlier conversation.
  const isOlder = Date.parse(event.at) < Date.parse(list.events[0]?.at ?? event.at);
  if (isOlder) return list;
  if (event.seq > 1) return { ...list, isBehind: true };
  return { ...list, conversation: event.conversation, events: [event], lastSeq: 1, isBehind: false };
}

function withEvent(state: ConversationState, event: EventFrame): ConversationState {
  const next = append(state, event);
  if (next === state || next.isBehind) return next;
  const isNew = next.conversation !== state.conversation;
  const isOwn = event.kind === 'message' && event.author.kind === 'visitor';
  return {
    ...next,
    typing: isOwn ? next.typing : undefined,
    ...(isNew && { status: emptyState.status, seen: emptyState.seen }),
  };
}

function welcomed(state: ConversationState, welcome: Welcome): ConversationState {
  const isSame = welcome.conversation === state.conversation;
  const start: ConversationState = {
    ...state,
    typing: undefined,
    ...(isSame ? {} : { ...emptyList, conversation: welcome.conversation, seen: emptyState.seen }),
    isBehind: false,
    token: welcome.token,
    status: welcome.status,
    availability: welcome.availability,
    settings: welcome.settings,
  };
  return welcome.events.reduce(append<ConversationState>, start);
}

function withSeen(seen: ConversationState['seen'], author: AuthorView, seq: number) {
  const side = author.kind === 'visitor' ? 'visitor' : 'agent';
  return { ...seen, [side]: Math.max(seen[side], seq) };
}

function untyped<F extends { type: string }>({ type: _, ...rest }: F): Omit<F, 'type'> {
  return rest;
}
