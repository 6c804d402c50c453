import { clientId } from 'web-shared/client-id.ts';
import { Connection, type ConnectionState } from 'web-shared/connection.ts';
import { apply, emptyState, type ConversationState } from 'web-shared/conversation.ts';
import type { Keep } from 'web-shared/keep.ts';
import { Outbox } from 'web-shared/outbox.ts';
import type { ErrorFrame, EventFrame, Hello, ToVisitor, VisitorFrame } from 'web-shared/protocol/frames.ts';
import type { Surroundings } from 'web-shared/surroundings.ts';
import type { Introduction } from './introduction.ts';
import type { Session } from './session.ts';

/** A frame with a receipt. */
export type Act = Extract<VisitorFrame, { client_id: string }>;
export type SendMessage = Extract<Act, { type: 'send_message' }>;
/** What an act says, without its id. */
export type ActBody = Act extends infer A ? (A extends Act ? Omit<A, 'client_id'> : never) : never;

export interface FailedMessage {
  frame: SendMessage;
  error: ErrorFrame;
}

export interface DeskOptions {
  url: string;
  keep: Keep;
  session: Session;
  introduction: Introduction;
  surroundings: Surroundings;
  onChange: () => void;
  /** Something new happened, as opposed to being read again. */
  onNews: (event: EventFrame) => void;
  /** Something was refused that has no place of its own on the screen. */
  onError: (error: ErrorFrame) => void;
  /** The first thing was written: other tabs may join. */
  onBegun: () => void;
}

const TYPING_LASTS = 6_000;
const TYPING_EVERY = 3_000;
/** A token is asked for anew so long before the last one ends. */
const RENEW_BEFORE = 30_000;
/** Shorter interruptions are not worth a word. */
const PATIENCE = 1_000;

/** The visitor's side of one desk: what the server said, what is on its way, and everything a visitor can do. */
export class Desk {
  state: ConversationState = emptyState;
  connection: ConnectionState = 'waiting';
  /** The connection has been gone for long enough to say so. */
  isCutOff = false;
  refusal: number | undefined;
  failed: readonly FailedMessage[] = [];
  /** The next message starts a new conversation. */
  isStartingNew = false;

  readonly #line: Connection<ToVisitor, VisitorFrame>;
  readonly #outbox: Outbox<Act>;
  #cancelTyping = () => {};
  #cancelRenewal = () => {};
  #cancelCutOff: (() => void) | undefined;
  #typedAt = -TYPING_EVERY;
  #saidSeen = 0;

  constructor(private readonly options: DeskOptions) {
    const { url, surroundings, keep, onChange } = options;
    this.#outbox = new Outbox<Act>({
      send: (frame) => this.#line.send(frame),
      after: surroundings.after,
      keep,
      onChange,
      onFailed: (frame, error) => this.#takeBack(frame, error),
    });
    this.#line = new Connection<ToVisitor, VisitorFrame>({
      url,
      hello: () => ({ type: 'hello', ...this.#hello() }),
      onFrame: (frame) => this.#receive(frame),
      onState: (state) => this.#connected(state),
      onRefused: (code) => {
        this.refusal = code;
        onChange();
      },
      onTokenRefused: () => options.session.forgetToken(),
      surroundings,
    });
  }

  get pending(): readonly Act[] {
    return this.#outbox.pending;
  }

  get isWelcome(): boolean {
    return this.state.settings !== undefined;
  }

  connect(): void {
    this.#line.start();
  }

  disconnect(): void {
    this.#line.stop();
    this.#cancelRenewal();
    this.#stopCounting();
  }

  /** Does something that the server confirms. */
  act(body: ActBody): void {
    this.#outbox.add({ ...body, client_id: clientId() } as Act);
    this.#line.start();
    if (!this.options.session.isEmpty) return;
    this.options.session.begin();
    this.options.onBegun();
  }

  ask(text: string, article?: string): void {
    const isFirst = this.isStartingNew && !this.pending.some(isStart);
    this.act({ type: 'send_message', text, article, new: isFirst || undefined });
  }

  /** Sends a message again that was refused. It was never kept, so it may have a new id. */
  tryAgain({ frame: { client_id: id, ...body } }: FailedMessage): void {
    this.dropFailed(id);
    this.act(body);
  }

  dropFailed(id: string): void {
    this.failed = this.failed.filter(({ frame }) => frame.client_id !== id);
    this.options.onChange();
  }

  startNew(isNew: boolean): void {
    this.isStartingNew = isNew;
    this.options.onChange();
  }

  /** Says something that nobody misses when it is lost. */
  mention(frame: VisitorFrame): void {
    this.#line.send(frame);
  }

  /** Tells who the visitor is; again, before the site's token ends. */
  async introduce(): Promise<void> {
    const { introduction, surroundings } = this.options;
    for (const frame of await introduction.frames()) this.mention(frame);
    this.#cancelRenewal();
    const { expiry } = introduction;
    if (expiry) this.#cancelRenewal = surroundings.after(Math.max(expiry - Date.now() - RENEW_BEFORE, RENEW_BEFORE), () => void this.introduce());
  }

  typed(): void {
    const now = this.options.surroundings.now();
    if (this.state.status.status !== 'with_agent' || now - this.#typedAt < TYPING_EVERY) return;
    this.#typedAt = now;
    this.mention({ type: 'typing' });
  }

  saw(seq: number): void {
    const { session } = this.options;
    const { conversation } = this.state;
    if (conversation === null) return;
    if (seq > session.seenIn(conversation)) {
      session.update({ conversation, seen: seq });
      this.options.onChange();
    }
    if (seq <= this.#saidSeen || this.connection !== 'open') return;
    this.#saidSeen = seq;
    this.mention({ type: 'seen', seq });
  }

  /** Forgets the visitor and everything of theirs on this device. */
  forget(): void {
    this.disconnect();
    this.#outbox.clear();
    this.options.session.forget();
    this.options.introduction.forget();
    this.#restart();
  }

  /** Another tab has begun: this one joins its conversation, unless it has one of its own. */
  join(token: string): void {
    if (this.state.conversation !== null || this.pending.length > 0) return;
    this.options.session.begin({ token });
    const wasConnected = this.connection !== 'waiting';
    this.disconnect();
    this.#restart();
    if (wasConnected) this.connect();
  }

  #restart(): void {
    this.state = { ...emptyState, settings: this.state.settings };
    this.failed = [];
    this.isStartingNew = false;
    this.#saidSeen = 0;
    this.options.onChange();
  }

  #hello(): Hello {
    const { conversation, lastSeq } = this.state;
    const { session, introduction } = this.options;
    return { token: session.token, conversation: conversation ?? undefined, after: lastSeq, consent: session.consent, ...introduction.greeting() };
  }

  #receive(frame: ToVisitor): void {
    const before = this.state;
    this.state = apply(before, frame);
    if (frame.type === 'welcome') this.#welcomed(before);
    if (frame.type === 'event') this.#happened(frame, before);
    if (frame.type === 'typing') this.#expireTyping();
    if (frame.type === 'error') this.#refused(frame);
    if (this.state.isBehind && !before.isBehind) this.#line.sayHello();
    if (this.state !== before) this.options.onChange();
  }

  #welcomed(before: ConversationState): void {
    const { state } = this;
    if (state.conversation !== before.conversation) this.isStartingNew = false;
    this.options.session.update({ token: state.token });
    for (const event of state.events) this.#outbox.confirm(event.client_id);
    // A first welcome only tells what is known already.
    if (before.conversation !== null) state.events.filter((event) => !before.events.includes(event)).forEach(this.options.onNews);
    this.#outbox.resend();
    void this.introduce();
  }

  #happened(event: EventFrame, before: ConversationState): void {
    this.#outbox.confirm(event.client_id);
    if (this.state.lastSeq === before.lastSeq && this.state.conversation === before.conversation) return;
    if (this.state.conversation !== before.conversation) {
      this.isStartingNew = false;
      this.#saidSeen = 0;
    }
    this.options.onNews(event);
  }

  #expireTyping(): void {
    this.#cancelTyping();
    this.#cancelTyping = this.options.surroundings.after(TYPING_LASTS, () => {
      this.state = { ...this.state, typing: undefined };
      this.options.onChange();
    });
  }

  #refused(error: ErrorFrame): void {
    const isKnown = this.pending.some((frame) => frame.client_id === error.client_id);
    this.#outbox.handleError(error);
    const isKept = this.pending.some((frame) => frame.client_id === error.client_id);
    if (isKept || !isKnown) this.options.onError(error);
  }

  #takeBack(frame: Act, error: ErrorFrame): void {
    if (frame.type === 'send_message') this.failed = [...this.failed, { frame, error }];
    else this.options.onError(error);
  }

  #connected(state: ConnectionState): void {
    this.connection = state;
    if (state === 'open') this.isCutOff = false;
    if (state === 'open') this.#stopCounting();
    else this.#cancelCutOff ??= this.options.surroundings.after(PATIENCE, () => {
      this.isCutOff = true;
      this.options.onChange();
    });
    this.options.onChange();
  }

  #stopCounting(): void {
    this.#cancelCutOff?.();
    this.#cancelCutOff = undefined;
    this.#saidSeen = 0;
  }
}

function isStart(frame: Act): boolean {
  return frame.type === 'send_message' && frame.new === true;
}
