import type { PopularView } from 'web-shared/protocol/frames.ts';
import { moment } from 'web-shared/time.ts';
import type { App, AppProps } from './app.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { CloseButton, Menu } from './menu.tsx';
import { ReconnectingBar } from './reconnecting-bar.tsx';
import { Bones } from './reader.tsx';
import { Found, search } from './search.tsx';
import { Toast } from './toast.tsx';
import { isFromOthers, lastAgentName } from './transcript.ts';

/** The first screen: ask, come back, or choose one of the usual questions. */
export function Home({ app }: AppProps) {
  const { settings, conversation } = app.desk.state;
  return (
    <div class="home">
      <Head app={app} />
      <div class="cards">
        <AskCard app={app} />
        {conversation !== null && <LastConversation app={app} />}
        {app.ui.state.found ? <Found app={app} /> : settings ? <Popular app={app} popular={settings.popular} articles={settings.articles} /> : <div class="card"><Bones /></div>}
      </div>
      <Toast app={app} />
      <div class="foot">
        <StartButton app={app} />
        <p class="small">
          {settings && settings.kept_days > 0 && app.i18n.t('kept', { n: settings.kept_days })}{' '}
          {app.privacy && <a href={app.privacy} target="_blank" rel="noopener">{app.i18n.t('privacy')}</a>}
        </p>
      </div>
    </div>
  );
}

function Head({ app }: AppProps) {
  const { settings } = app.desk.state;
  return (
    <div class="head">
      <div class="bar">
        <Avatar author={{ kind: 'bot' }} />
        <strong>{settings?.site}</strong>
        <Menu app={app} />
        <CloseButton app={app} />
      </div>
      {settings ? <h2 dir="auto">{settings.greeting}</h2> : <div class="bone wide" />}
      {settings ? <p>{peopleLine(app)}</p> : <div class="bone" />}
      <ReconnectingBar app={app} />
    </div>
  );
}

function peopleLine({ desk, i18n }: App): string {
  const { agents, opens_at } = desk.state.availability;
  if (agents) return i18n.t('peopleHere');
  if (!opens_at) return i18n.t('peopleAway');
  return i18n.t('peopleLater', { when: moment(new Date(opens_at), new Date(), i18n.locale) });
}

/** Asks in the conversation that is open, or in a new one. */
function ask(app: App, text: string, article?: string): void {
  if (app.desk.state.status.status === 'resolved') app.desk.startNew(true);
  app.ui.set({ question: '', found: undefined });
  app.ask(text, article);
}

function AskCard({ app }: AppProps) {
  const { ui, i18n: { t } } = app;
  const text = ui.state.question.trim();
  const submit = (event: Event) => {
    event.preventDefault();
    if (text) ask(app, text);
    else ui.set({ focus: 'input' });
  };
  return (
    <form class="card ask" onSubmit={submit}>
      <Icon name="find" />
      <input
        data-focus
        value={ui.state.question}
        placeholder={t('ask')}
        aria-label={t('ask')}
        enterkeyhint="send"
        autocomplete="off"
        dir={text ? 'auto' : undefined}
        onInput={(event) => search(app, event.currentTarget.value)}
      />
      {text && <button class="send" aria-label={t('send')}><Icon name="up" /></button>}
    </form>
  );
}

function LastConversation({ app: { desk, ui, i18n, unread } }: AppProps) {
  const { events, settings } = desk.state;
  const last = events.findLast((event) => event.kind === 'message');
  const agent = lastAgentName(events);
  return (
    <button class="card last" onClick={() => ui.show('conversation')}>
      <Avatar author={agent ? { kind: 'agent', name: agent } : { kind: 'bot' }} />
      <span class="text">
        <strong>{agent ?? settings?.bot_name ?? i18n.t('yourConversation')}</strong>
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

interface PopularProps extends AppProps {
  popular: readonly PopularView[];
  articles: number;
}

function Popular({ app, popular, articles }: PopularProps) {
  const { t } = app.i18n;
  if (popular.length === 0 && articles === 0) return null;
  return (
    <section class="card popular" aria-label={t('popular')}>
      <h3>{t('popular')}</h3>
      {popular.map(({ article, title }) => (
        <button key={article} onClick={() => ask(app, title, article)}>
          <span dir="auto">{title}</span><Icon name="next" size="s" />
        </button>
      ))}
      {articles > 0 && (
        <a href={`${app.server}help`} target="_blank" rel="noopener">
          <span>{t('browse', { n: articles })}</span><Icon name="next" size="s" />
        </a>
      )}
    </section>
  );
}

function StartButton({ app: { desk, ui, i18n } }: AppProps) {
  const { conversation, status } = desk.state;
  const isResolved = status.status === 'resolved';
  if (conversation !== null && !isResolved) return null;
  const start = () => {
    if (isResolved) desk.startNew(true);
    ui.show('conversation');
  };
  return (
    <button class="button primary wide" onClick={start}>
      <Icon name="chat" />{i18n.t(isResolved ? 'startNew' : 'start')}
    </button>
  );
}
