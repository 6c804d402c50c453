import { signal } from '@preact/signals';
import { Outbox } from 'web-shared/outbox.ts';
import type { AgentChange, ErrorFrame } from 'web-shared/protocol/frames.ts';

import { keep } from './storage.ts';

/**
 * What this agent did and the server's lists do not show yet. The screen is what the server said plus
 * these; a refused change is simply taken away again.
 */
export interface Change {
  frame: AgentChange;
  at: string;
  /**
   * `held`: can still be taken back, so nobody else knows of it; `confirmed`: committed, but the next
   * `queue` frame has not come yet.
   */
  state: 'held' | 'sending' | 'confirmed' | 'failed';
}

export interface ChangesOptions {
  send: (frame: AgentChange) => boolean;
  /** Whose frames are kept over a reload. */
  agent: string;
  onRefused: (frame: AgentChange, error: ErrorFrame) => void;
}

export const changes = signal<readonly Change[]>([]);

let outbox: Outbox<AgentChange> | undefined;

/** Starts with the frames that a reload interrupted. */
export function openChanges(options: ChangesOptions): void {
  outbox = new Outbox<AgentChange>({
    send: options.send,
    after: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      return () => clearTimeout(timer);
    },
    keep,
    key: `frontdesk.console.outbox.${options.agent}`,
    onFailed: (frame, error) => {
      refused(frame);
      options.onRefused(frame, error);
    },
  });
  changes.value = outbox.pending.map((frame) => sending(frame));
}

/** Shows the change at once and sends it as soon as possible. */
export function addChange(frame: AgentChange): void {
  changes.value = [...without(frame.client_id), sending(frame)];
  outbox?.add(frame);
}

/** Shows a change that is not to be sent yet. */
export function showHeld(frame: AgentChange): void {
  changes.value = [...changes.value, { ...sending(frame), state: 'held' }];
}

/** Takes changes away that were never sent. */
export function removeChanges(frames: readonly AgentChange[]): void {
  changes.value = changes.value.filter(({ frame }) => !frames.includes(frame));
}

export function resendChanges(): void {
  outbox?.resend();
}

/** Takes the receipt: a message is in the transcript now, a move will be in the next `queue` frame. */
export function confirmChange(clientId: string | undefined): void {
  const frame = outbox?.confirm(clientId);
  if (!frame) return;
  changes.value = isWritten(frame)
    ? without(frame.client_id)
    : replaced(frame.client_id, (change) => ({ ...change, state: 'confirmed' }));
}

export function handleChangeError(error: ErrorFrame): void {
  outbox?.handleError(error);
}

/** The lists are up to date again. */
export function dropConfirmedChanges(): void {
  if (changes.value.some((change) => change.state === 'confirmed')) {
    changes.value = changes.value.filter((change) => change.state !== 'confirmed');
  }
}

/** Forgets a message that failed, and gives its words. */
export function discardChange(clientId: string): AgentChange | undefined {
  const found = changes.value.find((change) => change.frame.client_id === clientId);
  changes.value = without(clientId);
  return found?.frame;
}

/** Leaves the kept frames to the same agent's next session. */
export function closeChanges(): void {
  outbox = undefined;
  changes.value = [];
}

/** Replies and notes stand in the transcript; all else moves the conversation. */
export function isWritten(frame: AgentChange): frame is AgentChange & { type: 'reply' | 'note' } {
  return frame.type === 'reply' || frame.type === 'note';
}

function refused(frame: AgentChange): void {
  changes.value = isWritten(frame)
    ? replaced(frame.client_id, (change) => ({ ...change, state: 'failed' }))
    : without(frame.client_id);
}

function sending(frame: AgentChange): Change {
  return { frame, at: new Date().toISOString(), state: 'sending' };
}

function without(clientId: string): readonly Change[] {
  return changes.value.filter((change) => change.frame.client_id !== clientId);
}

function replaced(clientId: string, edit: (change: Change) => Change): readonly Change[] {
  return changes.value.map((change) => (change.frame.client_id === clientId ? edit(change) : change));
}
