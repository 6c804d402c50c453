import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apply, emptyState } from '../src/conversation.ts';
import type { ToVisitor } from '../src/protocol/frames.ts';

/** Written by the server's own tests: what it really sends. */
const frames: ToVisitor[] = JSON.parse(readFileSync('../tests/fixtures/frames/to-visitor.json', 'utf8'));
const welcomes = frames.filter((frame) => frame.type === 'welcome');

describe('golden frames', () => {
  it('are of the kinds that the reducer knows', () => {
    const known = ['welcome', 'event', 'status', 'availability', 'typing', 'seen', 'ping', 'error'];
    for (const frame of frames) expect(known).toContain(frame.type);
  });

  it('give the same state one by one as all at once', () => {
    for (const welcome of welcomes) {
      const atOnce = apply(emptyState, welcome);
      const oneByOne = [{ ...welcome, events: [] }, ...welcome.events].reduce(apply, emptyState);
      expect(oneByOne).toEqual(atOnce);
      expect(atOnce.lastSeq).toBe(welcome.last_seq);
    }
  });

  it('pass through the reducer without a gap', () => {
    expect(() => frames.reduce(apply, emptyState)).not.toThrow();
  });
});
