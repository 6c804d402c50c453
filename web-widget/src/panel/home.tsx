import { useEffect, useRef, useState } from 'preact/hooks';
import type { PopularView } from 'web-shared/protocol/frames.ts';
import { moment } from 'web-shared/time.ts';
import { useApp } from './app.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { CloseButton, Menu } from './menu.tsx';
import { isPhone, type Panel } from './panel.ts';
import { ReconnectingBar } from './reconnecting-bar.tsx';
import { isFromOthers, lastAgentName } from './transcript.ts';

/** The first screen: ask, come back, or choose one of the usual questions. */
export function Home({ panel }: { panel: Panel }) {
  const { desk, i18n } = useApp();
  const { settings, conversation } = desk.state;
  const ask = (text: string, article?: string) => {
    if (desk.state.status.status === 'resolved') desk.startNew(true);
    panel.ask(text, article);
  };
  return (
    <div class="home">
      <Head panel={panel} />
      <div class="cards">
        <AskCard onAsk={ask} />
        {conversation !== null && <LastConversation panel={panel} />}
        {settings ? <Popular popular={settings.popular} articles={settings.articles} onAsk={ask} /> : <Skeleton />}
      </div>
      <footer>
        <StartButton />
        {settings && settings.kept_days > 0 && <p class="small">{i18n.t('kept', { n: settings.kept_days })}</p>}
      </footer>
    </div>
  );
}

function Head({ panel }: { panel: Panel }) {
  const { desk } = useApp();
  const { settings } = desk.state;
  return (
    <header class="head">
      <div class="bar">
        <Avatar author={{ kind: 'bot' }} />
        <strong>{settings?.site}</strong>
        <Menu panel={panel} />
        <CloseButton panel={panel} />
      </div>
      {settings ? <h2 dir="auto">{settings.greeting}</h2> : <div class="bone wide" />}
      {settings ? <p><PeopleLine /></p> : <div class="bone" />}
      <ReconnectingBar />
    </header>
  );
}

function PeopleLine() {
  const { desk, i18n } = useApp();
  const { agents, opens_at } = desk.state.availability;
  if (agents) return <>{i18n.t('peopleHere')}</>;
  if (!opens_at) return <>{i18n.t('peopleAway')}</>;
  return <>{i18n.t('peopleLater', { when: moment(new Date(opens_at), new Date(), i18n.locale) })}</>;
}

function AskCard({ onAsk }: { onAsk: (text: string) => void }) {
  const { i18n } = useApp();
  const [text, setText] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isPhone()) input.current?.focus();
  }, []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.trim()) onAsk(text.trim());
    else input.current?.focus();
  };
  return (
    <form class="card ask" onSubmit={submit}>
      <Icon name="find" />
      <input
        ref={input}
        value={text}
        placeholder={i18n.t('ask')}
        aria-label={i18n.t('ask')}
        enterkeyhint="send"
        autocomplete="off"
        dir="auto"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      {text.trim() && <button class="send" aria-label={i18n.t('send')}><Icon name="up" /></button>}
    </form>
  );
}

function LastConversation({ panel }: { panel: Panel }) {
  const { desk, ui, i18n } = useApp();
  const { events, settings } = desk.state;
  const last = events.findLast((event) => event.kind === 'message');
  const agent = lastAgentName(events);
  const unread = panel.unreadCount;
  const name = agent ?? settings?.bot_name ?? i18n.t('yourConversation');
  return (
    <button class="card last" type="button" onClick={() => ui.show('conversation')}>
      <Avatar author={agent ? { kind: 'agent', name: agent } : { kind: 'bot' }} />
      <span class="text">
        <strong>{name}</strong>
        {last?.kind === 'message' && <span dir="auto">{isFromOthers(last) ? '' : `${i18n.t('you')}: `}{last.text}</span>}
      </span>
      {unread > 0 && (
        <span class="unread">
          <span aria-hidden="true">{i18n.number(unread)}</span>
          <span class="hidden">{i18n.t('unread', { n: unread })}</span>
        </span>
      )}
    </button>
  );
}

interface PopularProps {
  popular: readonly PopularView[];
  articles: number;
  onAsk: (text: string, article: string) => void;
}

function Popular({ popular, articles, onAsk }: PopularProps) {
  const { i18n, server } = useApp();
  if (popular.length === 0 && articles === 0) return null;
  return (
    <section class="card popular" aria-label={i18n.t('popular')}>
      <h3>{i18n.t('popular')}</h3>
      {popular.map(({ article, title }) => (
        <button key={article} type="button" dir="auto" onClick={() => onAsk(title, article)}>
          <span>{title}</span><Icon name="next" class="s" />
        </button>
      ))}
      {articles > 0 && (
        <a href={`${server}help`} target="_blank" rel="noopener">
          <span>{i18n.t('browse', { n: articles })}</span><Icon name="next" class="s" />
        </a>
      )}
    </section>
  );
}

function StartButton() {
  const { desk, ui, i18n } = useApp();
  const { conversation, status } = desk.state;
  const isResolved = status.status === 'resolved';
  if (conversation !== null && !isResolved) return null;
  const start = () => {
    if (isResolved) desk.startNew(true);
    ui.show('conversation');
  };
  return (
    <button class="button primary wide" type="button" onClick={start}>
      <Icon name="chat" />{i18n.t(isResolved ? 'startNew' : 'start')}
    </button>
  );
}

function Skeleton() {
  return (
    <div class="card skeleton" aria-hidden="true">
      {[1, 2, 3, 4].map((line) => <div key={line} class="bone" />)}
    </div>
  );
}
