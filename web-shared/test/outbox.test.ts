import { beforeEach, describe, expect, it } from 'vitest';
import type { Keep } from '../src/keep.ts';
import { Outbox, type ConfirmedFrame } from '../src/outbox.ts';
import type { ErrorFrame } from '../src/protocol/frames.ts';
import { ManualSurroundings } from './manual-surroundings.ts';

let world: ManualSurroundings;
let sent: string[];
let isConnected: boolean;
let failed: ErrorFrame[];
let keep: MemoryKeep;

class MemoryKeep implements Keep {
  values = new Map<string, string>();
  getItem = (key: string) => this.values.get(key) ?? null;
  setItem = (key: string, value: string) => void this.values.set(key, value);
  removeItem = (key: string) => void this.values.delete(key);
}

class ForbiddenKeep implements Keep {
  getItem = (): never => { throw new Error('forbidden'); };
  setItem = (): never => { throw new Error('forbidden'); };
  removeItem = (): never => { throw new Error('forbidden'); };
}

function outbox(place: Keep = keep) {
  return new Outbox<ConfirmedFrame>({
    send(frame) {
      if (isConnected) sent.push(frame.client_id);
      return isConnected;
    },
    after: world.after,
    keep: place,
    onFailed: (_, error) => failed.push(error),
  });
}

const message = (client_id: string) => ({ type: 'send_message', client_id, text: 'hello' });

beforeEach(() => {
  world = new ManualSurroundings();
  sent = [];
  failed = [];
  isConnected = true;
  keep = new MemoryKeep();
});

describe('on the way', () => {
  it('sends at once and again after each welcome until confirmed', () => {
    const box = outbox();
    box.add(message('a'));
    box.add(message('b'));
    box.resend();
    expect(sent).toEqual(['a', 'b', 'a', 'b']);
    expect(box.confirm('a')).toEqual(message('a'));
    box.resend();
    expect(sent.slice(4)).toEqual(['b']);
  });

  it('keeps what is written while there is no connection', () => {
    isConnected = false;
    const box = outbox();
    box.add(message('a'));
    isConnected = true;
    box.resend();
    expect(sent).toEqual(['a']);
  });

  it('survives a reload', () => {
    outbox().add(message('a'));
    const reloaded = outbox();
    reloaded.resend();
    expect(sent).toEqual(['a', 'a']);
    reloaded.confirm('a');
    expect(outbox().pending).toEqual([]);
    expect(keep.values.size).toBe(0);
  });

  it('leaves the frames of other tabs alone', () => {
    const here = outbox();
    const there = outbox();
    here.add(message('a'));
    there.add(message('b'));
    here.confirm('a');
    expect(outbox().pending.map((frame) => frame.client_id)).toEqual(['b']);
  });

  it('works where storage is forbidden or broken', () => {
    const box = outbox(new ForbiddenKeep());
    box.add(message('a'));
    expect(box.pending).toHaveLength(1);
    keep.setItem('frontdesk:outbox', '{"no": "list"');
    expect(outbox().pending).toEqual([]);
    keep.setItem('frontdesk:outbox', '[1, null, {"type": "end"}]');
    expect(outbox().pending).toEqual([]);
  });
});

describe('errors', () => {
  it.each(['rate_limited', 'storage_unavailable'] as const)('keeps and retries on %s', (code) => {
    const box = outbox();
    box.add(message('a'));
    box.handleError({ code, message: '', client_id: 'a', retry_after_s: 9 });
    box.add(message('b'));
    expect(sent).toEqual(['a']);
    world.passes(8_999);
    expect(sent).toEqual(['a']);
    world.passes(1);
    expect(sent).toEqual(['a', 'a', 'b']);
    expect(failed).toEqual([]);
  });

  it('gives up on every other error and says so', () => {
    const box = outbox();
    box.add(message('a'));
    box.handleError({ code: 'message_too_long', message: 'Too long', client_id: 'a' });
    box.handleError({ code: 'bad_frame', message: 'Whose?' });
    expect(box.pending).toEqual([]);
    expect(failed.map((error) => error.code)).toEqual(['message_too_long']);
  });

  it('forgets everything on clear', () => {
    const box = outbox();
    box.add(message('a'));
    box.clear();
    box.resend();
    expect(sent).toEqual(['a']);
    expect(keep.values.size).toBe(0);
  });
});
