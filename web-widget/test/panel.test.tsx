import { render } from 'preact';
import { beforeEach, describe, expect, it } from 'vitest';
import { translator } from 'web-shared/i18n/translator.ts';
import english from 'web-shared/i18n/locales/en.json';
import type { StatusView } from 'web-shared/protocol/frames.ts';
import type { App } from '../src/panel/app.ts';
import { initials } from '../src/panel/avatar.tsx';
import { Conversation } from '../src/panel/conversation.tsx';
import { plainTranscript } from '../src/panel/download.ts';
import { Home } from '../src/panel/home.tsx';
import { Ui } from '../src/panel/ui.ts';
import { FakeDesk, frame, Story } from './fake-desk.ts';

let fake: FakeDesk;
let story: Story;
let root: HTMLElement;
let app: App;

beforeEach(() => {
  fake = new FakeDesk();
  story = new Story();
  root = document.createElement('div');
  const ui = new Ui(() => {});
  app = {
    desk: fake.desk,
    ui,
    i18n: translator('en', english),
    server: 'https://desk.example/',
    unread: 0,
    privacy: undefined,
    isMuted: false,
    mayConnect: true,
    read: (article) => ui.set({ screen: 'article', question: article }),
    askAbout: () => {},
    consent: () => {},
    ask: (text, article) => fake.desk.ask(text, article),
    close: () => {},
    reset: () => fake.desk.forget(),
  };
  fake.connects();
});

function shown(status?: StatusView): string {
  if (status) fake.receives({ type: 'status', ...status });
  render(<Conversation app={app} />, root);
  return root.textContent ?? '';
}

const button = (name: string) =>
  [...root.querySelectorAll('button')].find((each) => (each.getAttribute('aria-label') ?? each.textContent ?? '').includes(name))!;
const lastSent = () => fake.sent.at(-1);

function conversation(): void {
  fake.desk.ask('hello');
  fake.confirms(story);
}

describe('answers', () => {
  it('begin with the disclosure', () => {
    expect(shown()).toContain('I am a bot');
  });

  it('show their source and ask whether they helped, once', () => {
    conversation();
    fake.receives(frame(story.says('bot', 'Within 30 days', { sources: [{ article: 'returns', title: 'Returns', url: '/help/returns', anchor: 'parcels' }] })));
    expect(shown()).toContain('Did that answer it?');
    expect(root.querySelector('a.source')?.getAttribute('href')).toBe('https://desk.example/help/returns#parcels');
    button('No').click();
    expect(lastSent()).toMatchObject({ type: 'rate_answer', seq: 2, helpful: false });
    shown();
    const count = fake.sent.length;
    button('No').click();
    expect(fake.sent).toHaveLength(count);
  });

  it('do not ask under what has no source', () => {
    conversation();
    fake.receives(frame(story.says('bot', 'You are welcome')));
    expect(shown()).not.toContain('Did that answer it?');
  });

  it('offer articles and a person, until the next message', () => {
    conversation();
    const options = [
      { label: 'Dimmers', article: 'lamps/dimmers' },
      { label: 'Yes, a person', action: 'request_agent' as const },
      { label: 'Ask it another way', action: 'rephrase' as const },
    ];
    fake.receives(frame(story.says('bot', 'Not sure', { options })));
    shown();
    button('another way').click();
    expect(app.ui.state.focus).toBe('input');
    button('Dimmers').click();
    expect(lastSent()).toMatchObject({ type: 'send_message', text: 'Dimmers', article: 'lamps/dimmers' });
    fake.confirms(story);
    expect(shown()).not.toContain('Yes, a person');
  });
});

describe('people', () => {
  it('are waited for with place and time', () => {
    conversation();
    const text = shown({ status: 'waiting', position: 2, wait_s: [120, 300] });
    expect(text).toContain('You are number 2 in line. Usually 2 to 5 minutes.');
    button('Never mind').click();
    expect(lastSent()).toMatchObject({ type: 'withdraw' });
  });

  it('who are away answer by e-mail', () => {
    conversation();
    fake.receives({ type: 'availability', agents: false });
    shown({ status: 'waiting', position: 1 });
    const email = root.querySelector<HTMLInputElement>('[name=email]')!;
    const form = root.querySelector('form.contact')!;
    email.value = 'jonas';
    form.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(shown()).toContain('Please check the address.');
    email.value = 'jonas@example.org';
    form.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(lastSent()).toMatchObject({ type: 'leave_contact', email: 'jonas@example.org' });
    expect(lastSent()).not.toHaveProperty('name');
    expect(shown()).toContain('Your message is with us');
  });

  it('have a name, a sign of typing, and see what was written', () => {
    conversation();
    fake.receives({ type: 'typing', author: { kind: 'agent', name: 'Maya' } });
    fake.receives({ type: 'seen', author: { kind: 'agent', name: 'Maya' }, seq: 1 });
    const text = shown({ status: 'with_agent', agent: { name: 'Maya Klein' } });
    expect(text).toContain('Maya Klein');
    expect(text).toContain('Maya is typing');
    expect(text).toContain('Seen');
    expect(root.querySelector('textarea')?.placeholder).toBe('Message Maya Klein');
  });
});

describe('the end', () => {
  beforeEach(() => {
    conversation();
    fake.receives(frame(story.happens('resolved', { by: 'visitor' })));
    shown({ status: 'resolved' });
  });

  it('is rated once', () => {
    expect(root.textContent).toContain('You ended the conversation');
    app.ui.set({ score: 4 });
    shown();
    root.querySelector('form.rating')!.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(lastSent()).toMatchObject({ type: 'rate_conversation', score: 4 });
    expect(lastSent()).not.toHaveProperty('comment');
    expect(shown()).toContain('Thank you for telling us.');
  });

  it('leads to a new conversation', () => {
    button('Start a new conversation').click();
    shown();
    expect(root.querySelector('.own')).toBeNull();
    fake.desk.ask('again');
    expect(lastSent()).toMatchObject({ text: 'again', new: true });
  });

  it('can be undone by writing on', () => {
    button('Continue this one').click();
    shown();
    expect(root.querySelector('textarea')).not.toBeNull();
    fake.desk.ask('one more thing');
    expect(lastSent()).not.toHaveProperty('new');
  });
});

describe('home', () => {
  it('shows a skeleton until the server has answered', () => {
    const waiting = new FakeDesk();
    app = { ...app, desk: waiting.desk };
    render(<Home app={app} />, root);
    expect(root.querySelector('.skeleton')).not.toBeNull();
    expect(root.querySelector('input')).not.toBeNull();
    waiting.connects();
    render(<Home app={app} />, root);
    expect(root.querySelector('.skeleton')).toBeNull();
    expect(root.textContent).toContain('Browse all 3 articles');
  });

  it('shows the last conversation', () => {
    conversation();
    app = { ...app, unread: 2 };
    render(<Home app={app} />, root);
    expect(root.querySelector('.last')?.textContent).toContain('You: hello');
    expect(root.querySelector('.unread')?.textContent).toContain('2 unread messages');
  });
});

it('shows no text that is not in the locale file', () => {
  const pseudo = Object.fromEntries(Object.keys(english).map((key) => [key, '⟦⟧'])) as unknown as typeof english;
  app = { ...app, i18n: translator('en', pseudo) };
  conversation();
  fake.receives({ type: 'availability', agents: false });
  fake.receives(frame(story.says('bot', '⟦⟧', { sources: [{ article: 'a', title: '⟦⟧', url: '/a' }] })));
  for (const status of ['with_bot', 'waiting', 'resolved'] as const) {
    const words = shown({ status }).replace(/⟦⟧|I am a bot|hello|Fern|today, [\d:]+|\w+, \w+ \d+, [\d:]+|[AP]M|[\d:,]+/g, '').trim();
    expect(words).toBe('');
  }
});

it('writes the conversation as plain text', () => {
  conversation();
  story.says('bot', 'hi', { sources: [{ article: 'a', title: 'A', url: '/help/a' }] });
  const text = plainTranscript(story.events, 'Fern', 'https://desk.example/', translator('en', english));
  expect(text.split('\n').map((line) => line.replace(/^\[.*?\] /, ''))).toEqual(['You: hello', 'Fern: hi', '  A: https://desk.example/help/a', '']);
});

it('takes initials from any name', () => {
  expect(['Maya Klein', 'Maya', ' Anne Marie de Wit ', '', '李 明', '😀 x'].map(initials)).toEqual(['MK', 'M', 'AW', '', '李明', '😀X']);
});
