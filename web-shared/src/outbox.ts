import type { Keep } from './keep.ts';
import type { ErrorCode, ErrorFrame } from './protocol/frames.ts';

/** A frame that changes something; its id makes sending it twice harmless. */
export interface ConfirmedFrame {
  type: string;
  client_id: string;
}

export interface OutboxOptions<F extends ConfirmedFrame> {
  /** Sends now, or answers false. */
  send: (frame: F) => boolean;
  after: (milliseconds: number, callback: () => void) => () => void;
  /** Where frames survive a reload; absent: in memory only. */
  keep?: Keep;
  key?: string;
  onChange?: () => void;
  /** The server refused the frame for good; it is not sent again. */
  onFailed?: (frame: F, error: ErrorFrame) => void;
}

const RETRIED: readonly ErrorCode[] = ['storage_unavailable', 'rate_limited'];
const RETRY_AFTER_S = 5;

/** Frames that the server has not confirmed yet, oldest first. */
export class Outbox<F extends ConfirmedFrame> {
  /** What is still on its way. */
  pending: readonly F[] = [];
  #isPaused = false;
  #cancelRetry = () => {};

  constructor(private readonly options: OutboxOptions<F>) {
    this.pending = this.#read();
  }

  /** Keeps the frame and sends it as soon as possible. */
  add(frame: F): void {
    this.#change((frames) => [...frames, frame]);
    if (!this.#isPaused) this.options.send(frame);
  }

  /** Sends all again, in order; to be called after each welcome, once its events are confirmed. */
  resend(): void {
    this.#cancelRetry();
    this.#isPaused = false;
    for (const frame of this.pending) if (!this.options.send(frame)) return;
  }

  /** Takes the frame that an event confirms. */
  confirm(clientId: string | undefined): F | undefined {
    const frame = this.pending.find((each) => each.client_id === clientId);
    if (frame) this.#change((frames) => frames.filter((each) => each.client_id !== clientId));
    return frame;
  }

  /** Takes an error to one of these frames: some are tried again later, all others are final. */
  handleError(error: ErrorFrame): void {
    const frame = this.pending.find((each) => each.client_id === error.client_id);
    if (!frame) return;
    if (RETRIED.includes(error.code)) return this.#pause(error.retry_after_s ?? RETRY_AFTER_S);
    this.confirm(frame.client_id);
    this.options.onFailed?.(frame, error);
  }

  /** Forgets everything, also what is kept. */
  clear(): void {
    this.#cancelRetry();
    this.#isPaused = false;
    this.#change(() => []);
  }

  /** Nothing is sent meanwhile, so that the order stays. */
  #pause(seconds: number): void {
    this.#isPaused = true;
    this.#cancelRetry();
    this.#cancelRetry = this.options.after(seconds * 1000, () => this.resend());
  }

  #change(edit: (frames: readonly F[]) => readonly F[]): void {
    this.pending = edit(this.pending);
    // Other tabs keep their frames in the same place, so what is there is edited, not replaced.
    this.#write(edit(this.#read()));
    this.options.onChange?.();
  }

  #read(): readonly F[] {
    try {
      const kept: unknown = JSON.parse(this.options.keep?.getItem(this.#key) ?? '[]');
      return Array.isArray(kept) ? kept.filter(isFrame<F>) : [];
    } catch {
      return [];
    }
  }

  #write(frames: readonly F[]): void {
    try {
      if (frames.length === 0) this.options.keep?.removeItem(this.#key);
      else this.options.keep?.setItem(this.#key, JSON.stringify(frames));
    } catch {
      // Storage is full or forbidden: the frames stay in memory.
    }
  }

  get #key(): string {
    return this.options.key ?? 'frontdesk:outbox';
  }
}

function isFrame<F extends ConfirmedFrame>(value: unknown): value is F {
  const frame = value as Partial<ConfirmedFrame> | null;
  return typeof frame?.type === 'string' && typeof frame.client_id === 'string';
}
