import type { SocketLike, Surroundings } from '../src/surroundings.ts';

interface Timer {
  at: number;
  callback: () => void;
}

export class FakeSocket implements SocketLike {
  sent: { type: string; [field: string]: unknown }[] = [];
  isClosed = false;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((close: { code: number }) => void) | null = null;

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.isClosed = true;
  }

  opens(): void {
    this.onopen?.();
  }

  receives(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  closes(code: number): void {
    this.onclose?.({ code });
  }
}

/** A world in which time passes and networks fail on command. */
export class ManualSurroundings implements Surroundings {
  sockets: FakeSocket[] = [];
  online = true;
  chance = 0.5;
  private clock = 0;
  private timers: Timer[] = [];
  private wakeListeners = new Set<() => void>();

  get socket(): FakeSocket {
    const last = this.sockets.at(-1);
    if (!last) throw new Error('no socket was opened');
    return last;
  }

  openSocket = (): SocketLike => {
    const socket = new FakeSocket();
    this.sockets.push(socket);
    return socket;
  };

  after = (milliseconds: number, callback: () => void) => {
    const timer = { at: this.clock + milliseconds, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((each) => each !== timer);
    };
  };

  now = () => this.clock;
  random = () => this.chance;
  isOnline = () => this.online;

  onWake = (callback: () => void) => {
    this.wakeListeners.add(callback);
    return () => this.wakeListeners.delete(callback);
  };

  wakes(): void {
    for (const listener of this.wakeListeners) listener();
  }

  passes(milliseconds: number): void {
    const end = this.clock + milliseconds;
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((each) => each !== next);
      this.clock = Math.max(this.clock, next.at);
      next.callback();
    }
    this.clock = end;
  }
}
