import { describe, expect, it } from 'vitest';
import type { Act } from '../src/panel/desk.ts';
import { lastAgentName, lastVisitorSeq, transcript, unreadAfter, type Group, type Row } from '../src/panel/transcript.ts';
import { Story } from './fake-desk.ts';

function rows(story: Story, more: { pending?: Act[]; seenByOthers?: number } = {}): Row[] {
  return transcript({ events: story.events, pending: [], failed: [], seenByOthers: 0, ...more });
}

const kinds = (all: Row[]) => all.map((row) => (row.kind === 'group' ? `${row.author.kind} ${row.bubbles.length}` : row.kind));
const groups = (all: Row[]) => all.filter((row): row is Group => row.kind === 'group');

describe('rows', () => {
  it('group what one side says without a pause', () => {
    const story = new Story();
    story.says('visitor', 'hello', {}, 0);
    story.says('visitor', 'are you there', {}, 1);
    story.says('bot', 'yes', {}, 1);
    story.says('agent', 'hi', {}, 2);
    story.says('agent', 'sorry for the wait', {}, 12);
    expect(kinds(rows(story))).toEqual(['time', 'visitor 2', 'bot 1', 'agent 1', 'agent 1']);
  });

  it('show the time first and after a long pause', () => {
    const story = new Story();
    story.says('visitor', 'hello', {}, 0);
    const later = new Story('one', '11');
    later.events = story.events;
    later.says('bot', 'hi', {}, 0);
    expect(kinds(rows(later))).toEqual(['time', 'visitor 1', 'time', 'bot 1']);
  });

  it('show system messages as notes and say who ended it', () => {
    const story = new Story();
    story.says('visitor', 'a person please');
    story.says('system', 'We are looking for someone.');
    story.happens('claimed', { agent: { name: 'Maya' } });
    story.happens('resolved', { by: 'agent' });
    const all = rows(story);
    expect(kinds(all)).toEqual(['time', 'visitor 1', 'note', 'ended']);
    expect(all.at(-1)).toMatchObject({ by: 'agent', name: 'Maya' });
  });

  it('put what is on its way last, and keep its key once confirmed', () => {
    const story = new Story();
    const frame = { type: 'send_message', client_id: 'abc', text: 'hello' } as const;
    const before = groups(rows(story, { pending: [frame] }))[0]!.bubbles[0]!;
    expect(before.delivery).toBe('sending');
    story.says('visitor', 'hello', { client_id: 'abc' } as object);
    const after = groups(rows(story))[0]!.bubbles[0]!;
    expect(after.key).toBe(before.key);
    expect(after.delivery).toBe('sent');
  });

  it('know what was seen', () => {
    const story = new Story();
    story.says('visitor', 'one');
    story.says('visitor', 'two');
    const { bubbles } = groups(rows(story, { seenByOthers: 1 }))[0]!;
    expect(bubbles.map(({ delivery }) => delivery)).toEqual(['seen', 'sent']);
  });

  it('know what helped, also before it is confirmed', () => {
    const story = new Story();
    story.says('visitor', 'hello');
    story.says('bot', 'answer');
    const pending: Act[] = [{ type: 'rate_answer', client_id: 'r', seq: 2, helpful: false }];
    expect(groups(rows(story, { pending }))[1]!.bubbles[0]!.helped).toBe(false);
    story.happens('answer_rated', { answer: 2, helpful: true });
    expect(groups(rows(story))[1]!.bubbles[0]!.helped).toBe(true);
  });
});

describe('facts', () => {
  const story = new Story();
  story.says('visitor', 'hello');
  story.says('bot', 'hi');
  story.happens('claimed', { agent: { name: 'Maya' } });
  story.says('system', 'Maya has joined.');
  story.says('agent', 'hi');

  it('count the messages of others', () => {
    expect(unreadAfter(story.events, 0)).toBe(2);
    expect(unreadAfter(story.events, 2)).toBe(1);
    expect(unreadAfter(story.events, 5)).toBe(0);
  });

  it('name the last agent and the last question', () => {
    expect(lastAgentName(story.events)).toBe('Maya');
    expect(lastVisitorSeq(story.events)).toBe(1);
  });
});
