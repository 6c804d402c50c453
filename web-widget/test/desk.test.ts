import { beforeEach, describe, expect, it } from 'vitest';
import { SESSION_KEY } from '../src/embed.ts';
import { FakeDesk, frame, Story } from './fake-desk.ts';

let fake: FakeDesk;
let story: Story;

beforeEach(() => {
  fake = new FakeDesk();
  story = new Story();
});

describe('privacy', () => {
  it('keeps nothing before the first message', () => {
    fake.connects();
    expect(fake.keep.values.size).toBe(0);
    fake.desk.ask('hello');
    expect(JSON.parse(fake.keep.getItem(SESSION_KEY)!)).toMatchObject({ token: 'secret' });
    expect(fake.begun).toBe(1);
  });

  it('forgets everything', () => {
    fake.connects();
    fake.desk.ask('hello');
    fake.desk.forget();
    expect(fake.keep.values.size).toBe(0);
    expect(fake.desk.state.token).toBeUndefined();
    fake.connects();
    expect(fake.sent[0]).not.toHaveProperty('token');
  });
});

describe('hello', () => {
  it('says where the visitor is in time, and what they agreed to', () => {
    fake.session.agree('2027-01');
    fake.connects();
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(fake.sent[0]).toMatchObject({ type: 'hello', locale: 'en', time_zone: timeZone, consent: '2027-01' });
    fake.session.forget();
    fake.drops();
    fake.connects();
    expect(fake.sent[0]).not.toHaveProperty('consent');
  });
});

describe('messages', () => {
  it('are pending until they come back, and are sent again after a reconnect', () => {
    fake.connects();
    fake.desk.ask('hello');
    const first = fake.sent.at(-1);
    fake.drops();
    fake.connects();
    expect(fake.sent.at(-1)).toEqual(first);
    fake.confirms(story);
    expect(fake.desk.pending).toEqual([]);
    expect(fake.desk.state.events).toHaveLength(1);
  });

  it('are not sent again when the welcome already confirms them', () => {
    fake.connects();
    fake.desk.ask('hello');
    const { client_id } = fake.sent.at(-1) as unknown as { client_id: string };
    fake.drops();
    const event = story.says('visitor', 'hello', { client_id } as object);
    fake.connects({ conversation: 'one', last_seq: 1, events: [{ type: 'event', ...event }] });
    expect(fake.sent.filter(({ type }) => type === 'send_message')).toEqual([]);
  });

  it('that are refused can be tried again under a new id', () => {
    fake.connects();
    fake.desk.ask('hello');
    const { client_id } = fake.sent.at(-1) as unknown as { client_id: string };
    fake.receives({ type: 'error', code: 'not_found', message: '', client_id });
    expect(fake.desk.failed).toHaveLength(1);
    expect(fake.errors).toEqual([]);
    fake.desk.tryAgain(fake.desk.failed[0]!);
    expect(fake.desk.failed).toEqual([]);
    expect(fake.sent.at(-1)).toMatchObject({ type: 'send_message', text: 'hello' });
    expect(fake.sent.at(-1)!.client_id).not.toBe(client_id);
  });

  it('that come too fast wait, and the visitor is told', () => {
    fake.connects();
    fake.desk.ask('hello');
    const { client_id } = fake.sent.at(-1) as unknown as { client_id: string };
    fake.receives({ type: 'error', code: 'rate_limited', message: '', client_id, retry_after_s: 3 });
    expect(fake.errors).toEqual(['rate_limited']);
    expect(fake.desk.failed).toEqual([]);
    fake.world.passes(3000);
    expect(fake.sent.filter(({ type }) => type === 'send_message')).toHaveLength(2);
  });
});

describe('a new conversation', () => {
  it('begins with its first message only', () => {
    fake.connects();
    fake.desk.ask('hello');
    fake.confirms(story);
    fake.receives({ type: 'status', status: 'resolved' });
    fake.desk.startNew(true);
    fake.desk.ask('again');
    fake.desk.ask('and more');
    expect(fake.sent.slice(-2)).toMatchObject([{ text: 'again', new: true }, { text: 'and more' }]);
    expect(fake.sent.at(-1)).not.toHaveProperty('new');
    fake.confirms(new Story('two', '10'), -2);
    expect(fake.desk.isStartingNew).toBe(false);
    expect(fake.desk.state.conversation).toBe('two');
  });
});

describe('coming back', () => {
  it('asks for what is missing and tells only what is new', () => {
    fake.connects();
    fake.desk.ask('hello');
    fake.confirms(story);
    fake.receives(frame(story.says('bot', 'hi')));
    fake.drops();
    const missed = story.says('bot', 'still there?');
    fake.news = [];
    fake.connects({ conversation: 'one', last_seq: 3, events: [{ type: 'event', ...missed }] });
    expect(fake.sent[0]).toMatchObject({ type: 'hello', token: 'secret', conversation: 'one', after: 2 });
    expect(fake.news).toEqual(['message']);
  });

  it('says hello again on the same socket when something is missing', () => {
    fake.connects();
    fake.desk.ask('hello');
    fake.confirms(story);
    story.says('bot', 'lost');
    fake.receives(frame(story.says('bot', 'after the gap')));
    expect(fake.sent.at(-1)).toMatchObject({ type: 'hello', after: 1 });
    expect(fake.world.sockets).toHaveLength(1);
  });

  it('says so only after a second without a connection', () => {
    fake.connects();
    fake.world.chance = 1;
    fake.world.online = false;
    fake.world.socket.closes(1006);
    fake.world.passes(999);
    expect(fake.desk.isCutOff).toBe(false);
    fake.world.passes(1);
    expect(fake.desk.isCutOff).toBe(true);
    fake.world.online = true;
    fake.world.wakes();
    fake.connects();
    expect(fake.desk.isCutOff).toBe(false);
  });

  it('does without a token that the server does not know', () => {
    fake.connects();
    fake.desk.ask('hello');
    fake.drops(4401);
    fake.world.socket.opens();
    expect(fake.sent[0]).not.toHaveProperty('token');
  });
});

describe('other tabs', () => {
  it('share the conversation of the tab that began', () => {
    fake.connects();
    fake.desk.join('theirs');
    fake.connects();
    expect(fake.sent[0]).toMatchObject({ token: 'theirs' });
  });

  it('do not take a tab out of its own conversation', () => {
    fake.connects();
    fake.desk.ask('hello');
    fake.desk.join('theirs');
    expect(fake.session.token).toBe('secret');
  });
});

describe('small signs', () => {
  it('typing is said to people, at most every 3 s', () => {
    fake.connects();
    fake.desk.typed();
    fake.receives({ type: 'status', status: 'with_agent', agent: { name: 'Maya' } });
    fake.desk.typed();
    fake.desk.typed();
    fake.world.passes(3000);
    fake.desk.typed();
    expect(fake.sent.filter(({ type }) => type === 'typing')).toHaveLength(2);
  });

  it('the typing of others fades', () => {
    fake.connects();
    fake.receives({ type: 'typing', author: { kind: 'agent', name: 'Maya' } });
    expect(fake.desk.state.typing).toBeDefined();
    fake.world.passes(6000);
    expect(fake.desk.state.typing).toBeUndefined();
  });

  it('seen is said once for each new number', () => {
    fake.connects();
    fake.desk.ask('hello');
    fake.confirms(story);
    fake.desk.saw(1);
    fake.desk.saw(1);
    expect(fake.sent.filter(({ type }) => type === 'seen')).toEqual([{ type: 'seen', seq: 1 }]);
    expect(fake.session.seenIn('one')).toBe(1);
  });
});
