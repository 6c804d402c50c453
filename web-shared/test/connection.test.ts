import { beforeEach, describe, expect, it } from 'vitest';
import { backoff, Connection, type ConnectionState } from '../src/connection.ts';
import { ManualSurroundings } from './manual-surroundings.ts';

let world: ManualSurroundings;
let states: ConnectionState[];
let frames: string[];
let token: string | undefined;
let refusals: number[];

function connection() {
  return new Connection<{ type: string }, { type: string; token?: string }>({
    url: 'wss://desk.example/ws/visitor',
    hello: () => ({ type: 'hello', ...(token && { token }) }),
    onFrame: (frame) => frames.push(frame.type),
    onState: (state) => states.push(state),
    onRefused: (code) => refusals.push(code),
    onTokenRefused: () => (token = undefined),
    surroundings: world,
  });
}

function opened() {
  const open = connection();
  open.start();
  world.socket.opens();
  world.socket.receives({ type: 'welcome' });
  return open;
}

beforeEach(() => {
  world = new ManualSurroundings();
  states = [];
  frames = [];
  refusals = [];
  token = 'secret';
});

describe('opening', () => {
  it('says hello first and is open once welcomed', () => {
    const opening = connection();
    opening.start();
    expect(opening.send({ type: 'typing' })).toBe(false);
    world.socket.opens();
    expect(world.socket.sent).toEqual([{ type: 'hello', token: 'secret' }]);
    world.socket.receives({ type: 'welcome' });
    expect(opening.send({ type: 'typing' })).toBe(true);
    expect(states).toEqual(['connecting', 'open']);
    expect(frames).toEqual(['welcome']);
  });

  it('gives up a socket that is not welcomed within 15 s', () => {
    connection().start();
    world.socket.opens();
    world.passes(15_000);
    expect(world.sockets[0]?.isClosed).toBe(true);
    expect(states).toEqual(['connecting', 'waiting']);
  });

  it('passes over what is not a frame', () => {
    opened();
    world.socket.onmessage?.({ data: 'not JSON' });
    world.socket.receives([]);
    expect(frames).toEqual(['welcome']);
  });
});

describe('coming back', () => {
  it('waits at random under a ceiling that doubles up to 30 s', () => {
    expect([0, 1, 2, 5, 6, 20].map((attempt) => backoff(attempt, 1))).toEqual([500, 1000, 2000, 16_000, 30_000, 30_000]);
    expect(backoff(3, 0)).toBe(0);
  });

  it('waits longer after each failure and starts over once stable for 60 s', () => {
    opened();
    world.socket.closes(1006);
    world.passes(249);
    expect(world.sockets).toHaveLength(1);
    world.passes(1);
    expect(world.sockets).toHaveLength(2);
    world.socket.closes(1006);
    world.passes(499);
    expect(world.sockets).toHaveLength(2);
    world.passes(1);
    world.socket.opens();
    world.socket.receives({ type: 'welcome' });
    world.passes(40_000);
    world.socket.receives({ type: 'ping' });
    world.passes(20_000);
    world.socket.closes(1012);
    world.passes(250);
    expect(world.sockets).toHaveLength(4);
  });

  it('pauses while offline and tries at once when back', () => {
    opened();
    world.online = false;
    world.socket.closes(1006);
    world.passes(600_000);
    expect(world.sockets).toHaveLength(1);
    world.online = true;
    world.wakes();
    expect(world.sockets).toHaveLength(2);
  });

  it('drops a line on which nothing came for 60 s', () => {
    opened();
    world.passes(59_000);
    world.socket.receives({ type: 'ping' });
    world.passes(59_000);
    expect(states.at(-1)).toBe('open');
    world.passes(1_000);
    expect(states.at(-1)).toBe('waiting');
  });

  it('drops a line that was silent for long when the page wakes', () => {
    opened();
    world.passes(31_000);
    world.wakes();
    expect(states.at(-1)).toBe('waiting');
  });
});

describe('close codes', () => {
  it.each([4400, 4403])('stops for good on %i', (code) => {
    opened();
    world.socket.closes(code);
    world.passes(600_000);
    world.wakes();
    expect(world.sockets).toHaveLength(1);
    expect(refusals).toEqual([code]);
  });

  it('says hello without the token on 4401', () => {
    opened();
    world.socket.closes(4401);
    world.passes(500);
    world.socket.opens();
    expect(world.socket.sent).toEqual([{ type: 'hello' }]);
  });

  it.each([4408, 4429])('waits at least 60 s on %i, even when the page wakes', (code) => {
    world.chance = 0;
    opened();
    world.socket.closes(code);
    world.passes(59_000);
    world.wakes();
    expect(world.sockets).toHaveLength(1);
    world.passes(1_000);
    expect(world.sockets).toHaveLength(2);
  });
});

it('comes back no sooner than a full server asks for', () => {
  world.chance = 0;
  connection().start();
  world.socket.opens();
  world.socket.receives({ type: 'error', code: 'rate_limited', retry_after_s: 7 });
  world.socket.closes(1013);
  world.passes(6_999);
  expect(world.sockets).toHaveLength(1);
  world.passes(1);
  expect(world.sockets).toHaveLength(2);
  world.socket.closes(1013);
  world.passes(0);
  expect(world.sockets, 'nothing was asked this time').toHaveLength(3);
});

it('stays away after stop', () => {
  const stopped = opened();
  stopped.stop();
  world.passes(600_000);
  world.wakes();
  expect(world.sockets).toHaveLength(1);
  expect(world.socket.isClosed).toBe(true);
});
