import { browserSurroundings, type SocketLike, type Surroundings } from './surroundings.ts';

/**
 * - `connecting`: a socket is being opened, or is open and not yet welcomed;
 * - `open`: the server has said `welcome`;
 * - `waiting`: there is no socket; the next attempt comes by itself, unless the server refused for good.
 */
export type ConnectionState = 'connecting' | 'open' | 'waiting';

interface Frame {
  type: string;
  retry_after_s?: unknown;
}

export interface ConnectionOptions<In extends Frame, Out extends Frame> {
  url: string;
  /** The first frame of every socket; asked anew each time. */
  hello: () => Out;
  onFrame: (frame: In) => void;
  onState?: (state: ConnectionState) => void;
  /** The server refused for good (4400, 4403): there will be no further attempt. */
  onRefused?: (code: number) => void;
  /** The server does not know the token (4401): forget it before the next `hello()`. */
  onTokenRefused?: () => void;
  surroundings?: Surroundings;
}

const SECOND = 1000;
const STABLE_AFTER = 60 * SECOND;
const WELCOME_WITHIN = 15 * SECOND;
/** The server pings every 25 s, so this silence means that the line is dead. */
const SILENT_AFTER = 60 * SECOND;
const SUSPECT_AFTER = 30 * SECOND;
const PENALTY = 60 * SECOND;
const BACKOFF_FIRST = 0.5 * SECOND;
const BACKOFF_MOST = 30 * SECOND;

const CLOSE = { full: 1013, badFrames: 4400, badToken: 4401, badOrigin: 4403, lateHello: 4408, flooding: 4429 };

/** Full jitter: anything between 0 and a ceiling that doubles. */
export function backoff(attempt: number, random: number): number {
  return random * Math.min(BACKOFF_MOST, BACKOFF_FIRST * 2 ** attempt);
}

/** A socket that comes back by itself. It knows `hello` and `welcome` and passes every other frame on unread. */
export class Connection<In extends Frame, Out extends Frame> {
  state: ConnectionState = 'waiting';
  readonly #around: Surroundings;
  #socket: SocketLike | undefined;
  #attempt = 0;
  #lastFrameAt = 0;
  #notBefore = 0;
  /** How long the server asked this socket to wait before another. */
  #asked = 0;
  #isRunning = false;
  #endWake = () => {};
  #cancelRetry = () => {};
  #cancelWatch = () => {};
  #cancelStable = () => {};

  constructor(private readonly options: ConnectionOptions<In, Out>) {
    this.#around = options.surroundings ?? browserSurroundings;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#endWake = this.#around.onWake(() => this.#wake());
    this.#connect();
  }

  stop(): void {
    this.#isRunning = false;
    this.#endWake();
    this.#cancelRetry();
    this.#drop();
    this.#enter('waiting');
  }

  /** Sends the frame, or answers false: not connected now. */
  send(frame: Out): boolean {
    if (this.state !== 'open' || !this.#socket) return false;
    this.#socket.send(JSON.stringify(frame));
    return true;
  }

  /** Says hello again on the same socket, to get what is missing. */
  sayHello(): void {
    this.#socket?.send(JSON.stringify(this.options.hello()));
  }

  /** Tries at once instead of waiting for the next attempt. */
  retryNow(): void {
    if (!this.#isRunning || this.state !== 'waiting') return;
    const penalty = this.#notBefore - this.#around.now();
    if (penalty > 0) this.#retryAfter(penalty);
    else this.#connect();
  }

  #connect(): void {
    this.#cancelRetry();
    this.#enter('connecting');
    const socket = this.#around.openSocket(this.options.url);
    this.#socket = socket;
    this.#asked = 0;
    this.#lastFrameAt = this.#around.now();
    this.#watch(WELCOME_WITHIN);
    socket.onopen = () => this.sayHello();
    socket.onmessage = (message) => this.#receive(message.data);
    socket.onclose = (close) => this.#closed(close.code);
  }

  #receive(data: unknown): void {
    const frame = parseFrame<In>(data);
    if (!frame) return;
    this.#lastFrameAt = this.#around.now();
    if (frame.type === 'welcome' && this.state !== 'open') this.#welcomed();
    if (frame.type === 'error') this.#asked = (Number(frame.retry_after_s) || 0) * SECOND;
    this.options.onFrame(frame);
  }

  #welcomed(): void {
    this.#enter('open');
    this.#watch(SILENT_AFTER);
    this.#cancelStable = this.#around.after(STABLE_AFTER, () => (this.#attempt = 0));
  }

  #closed(code: number): void {
    this.#drop();
    if (!this.#isRunning) return;
    if (code === CLOSE.badFrames || code === CLOSE.badOrigin) return this.#refused(code);
    if (code === CLOSE.badToken) this.options.onTokenRefused?.();
    const wait = backoff(this.#attempt++, this.#around.random());
    const penalty = code === CLOSE.lateHello || code === CLOSE.flooding ? PENALTY : code === CLOSE.full ? this.#asked : 0;
    this.#notBefore = this.#around.now() + penalty;
    this.#enter('waiting');
    this.#retryAfter(penalty + wait);
  }

  #refused(code: number): void {
    this.stop();
    this.options.onRefused?.(code);
  }

  #retryAfter(milliseconds: number): void {
    this.#cancelRetry();
    this.#cancelRetry = this.#around.after(milliseconds, () => {
      // Offline, the attempt waits for `online`.
      if (this.#around.isOnline()) this.#connect();
    });
  }

  #wake(): void {
    if (this.state === 'waiting') this.retryNow();
    else if (this.#silence() > SUSPECT_AFTER) this.#closed(0);
  }

  /** Closes a socket from which nothing comes any more; the browser alone would take minutes. */
  #watch(limit: number): void {
    this.#cancelWatch();
    const left = limit - this.#silence();
    if (left <= 0) return this.#closed(0);
    this.#cancelWatch = this.#around.after(left, () => this.#watch(limit));
  }

  #silence(): number {
    return this.#around.now() - this.#lastFrameAt;
  }

  #drop(): void {
    this.#cancelWatch();
    this.#cancelStable();
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #enter(state: ConnectionState): void {
    if (this.state === state) return;
    this.state = state;
    this.options.onState?.(state);
  }
}

function parseFrame<In extends Frame>(data: unknown): In | undefined {
  try {
    const frame: unknown = JSON.parse(String(data));
    const hasType = typeof frame === 'object' && frame !== null && 'type' in frame;
    return hasType ? (frame as In) : undefined;
  } catch {
    return undefined;
  }
}
