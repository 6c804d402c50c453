/** What a connection needs from the world around it; tests hand in their own. */
export interface Surroundings {
  openSocket(url: string): SocketLike;
  /** Calls back after the delay; the returned function calls it off. */
  after(milliseconds: number, callback: () => void): () => void;
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** At least 0, less than 1. */
  random(): number;
  isOnline(): boolean;
  /** Calls back when the network or the page is back in use; the returned function ends that. */
  onWake(callback: () => void): () => void;
}

/** The part of a WebSocket that is used. */
export interface SocketLike {
  send(text: string): void;
  close(code?: number): void;
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((close: { code: number }) => void) | null;
}

/** The name of the protocol, offered when a socket opens. */
export const SUBPROTOCOL = 'frontdesk.v1';

export const browserSurroundings: Surroundings = {
  openSocket: (url) => new WebSocket(url, SUBPROTOCOL) as SocketLike,
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
  now: () => Date.now(),
  random: () => Math.random(),
  isOnline: () => navigator.onLine !== false,
  onWake(callback) {
    const onVisible = () => {
      if (document.visibilityState === 'visible') callback();
    };
    window.addEventListener('online', callback);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      window.removeEventListener('online', callback);
      document.removeEventListener('visibilitychange', onVisible);
    };
  },
};

/** The address of a socket on the server that serves `base`. */
export function socketUrl(base: string, path: string): string {
  const url = new URL(path, base);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
