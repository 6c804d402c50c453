import type { AgentChange } from 'web-shared/protocol/frames.ts';

import { addChange, changes, removeChanges, showHeld } from './changes.ts';
import { readStored, writeStored } from './storage.ts';

/**
 * Changes that can be taken back: the screen shows them at once, the server hears of them some seconds
 * later. So nobody else ever sees what was undone, least of all the visitor.
 */
const timers = new Map<string, ReturnType<typeof setTimeout>>();
let owner = '';

/** Sends what was held when the page closed: it was meant. Returns how to stop. */
export function openHeld(agent: string): () => void {
  owner = agent;
  const left = read();
  write([]);
  for (const frame of left) addChange(frame);
  window.addEventListener('pagehide', sendAllHeld);
  return () => {
    sendAllHeld();
    window.removeEventListener('pagehide', sendAllHeld);
  };
}

/** Shows the change and sends it after a while, unless it is taken back. */
export function holdChange(frame: AgentChange, ms: number): void {
  sendHeldOf(frame.conversation);
  showHeld(frame);
  timers.set(frame.client_id, setTimeout(() => sendHeld([frame]), ms));
  write(heldFrames());
}

/** Takes back what is still held of these; gives the frames that were never sent. */
export function takeBack(clientIds: readonly string[]): AgentChange[] {
  const taken = heldFrames().filter((frame) => clientIds.includes(frame.client_id));
  removeChanges(taken);
  forget(taken);
  return taken;
}

/** What comes next in a conversation comes after what is held of it. */
export function sendHeldOf(conversation: string): void {
  sendHeld(heldFrames().filter((frame) => frame.conversation === conversation));
}

export function sendAllHeld(): void {
  sendHeld(heldFrames());
}

/** The frames that can still be taken back. */
export function heldFrames(): AgentChange[] {
  return changes.peek().flatMap((change) => (change.state === 'held' ? [change.frame] : []));
}

function sendHeld(frames: readonly AgentChange[]): void {
  for (const frame of frames) addChange(frame);
  forget(frames);
}

function forget(frames: readonly AgentChange[]): void {
  for (const { client_id } of frames) {
    clearTimeout(timers.get(client_id));
    timers.delete(client_id);
  }
  if (frames.length > 0) write(heldFrames());
}

/** Kept over a crash of the browser. */
function write(frames: readonly AgentChange[]): void {
  writeStored(key(), frames.length > 0 ? JSON.stringify(frames) : null);
}

function read(): AgentChange[] {
  try {
    const held: unknown = JSON.parse(readStored(key()) ?? '[]');
    return Array.isArray(held) ? held : [];
  } catch {
    return [];
  }
}

function key(): string {
  return `held.${owner}`;
}
