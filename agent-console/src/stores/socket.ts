import { effect, signal } from '@preact/signals';
import { Connection, type ConnectionState } from 'web-shared/connection.ts';
import type { AgentFrame, ToAgent } from 'web-shared/protocol/frames.ts';
import { browserSurroundings, socketUrl, type Surroundings } from 'web-shared/surroundings.ts';

const BANNER_AFTER_MS = 3000;

export const connectionState = signal<ConnectionState>('waiting');

/** True once the desk has been out of reach for so long that people should know. */
export const isOffline = signal(false);

/** The server refuses this page for good. */
export const isRefused = signal(false);

let connection: Connection<ToAgent, AgentFrame> | undefined;

export interface SocketOptions {
  onFrame: (frame: ToAgent) => void;
  /** There is no socket any more; perhaps because the session ended. */
  onLost: () => void;
  surroundings?: Surroundings;
}

export function openSocket({ onFrame, onLost, surroundings = browserSurroundings }: SocketOptions): void {
  isRefused.value = false;
  connection = new Connection<ToAgent, AgentFrame>({
    url: socketUrl(location.href, '/ws/agent'),
    hello: () => ({ type: 'hello' }),
    onFrame,
    onState: (state) => {
      connectionState.value = state;
      // Closing on purpose is no loss.
      if (state === 'waiting' && connection) onLost();
    },
    onRefused: () => (isRefused.value = true),
    surroundings,
  });
  connection.start();
}

export function closeSocket(): void {
  const old = connection;
  connection = undefined;
  old?.stop();
  connectionState.value = 'waiting';
}

/** Sends now, or answers false. */
export function send(frame: AgentFrame): boolean {
  return connection?.send(frame) ?? false;
}

export function retryNow(): void {
  connection?.retryNow();
}

/** Watches for long silences; returns how to stop. */
export function startOfflineWatch(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    const isOpen = connectionState.value === 'open';
    clearTimeout(timer);
    if (isOpen) isOffline.value = false;
    else timer = setTimeout(() => (isOffline.value = true), BANNER_AFTER_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
    isOffline.value = false;
  };
}
