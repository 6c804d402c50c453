import type { AuthorView } from 'web-shared/protocol/frames.ts';
import type { App, AppProps } from './app.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { CloseButton, Menu } from './menu.tsx';
import { lastAgentName } from './transcript.ts';

interface Heading {
  author: AuthorView;
  title: string;
  line?: string;
  isThere: boolean;
}

export function Header({ app }: AppProps) {
  const { author, title, line, isThere } = heading(app);
  return (
    <div class="top">
      <button class="icon" aria-label={app.i18n.t('back')} onClick={() => app.ui.show('home')}>
        <Icon name="back" />
      </button>
      <Avatar author={author} />
      <div class="title">
        <h2>{title}</h2>
        <p>{isThere && <span class="dot" />}{line}</p>
      </div>
      <Menu app={app} />
      <CloseButton app={app} />
    </div>
  );
}

/** Whom the visitor is talking to. */
function heading({ desk, i18n: { t } }: App): Heading {
  const { status, settings, events, availability } = desk.state;
  const bot: Heading = { author: { kind: 'bot' }, title: settings?.bot_name ?? t('help'), line: t('instant'), isThere: true };
  if (desk.isStartingNew) return bot;
  const person = (name: string) => ({ author: { kind: 'agent' as const, name }, title: name });
  switch (status.status) {
    case 'with_agent':
    case 'snoozed': {
      const name = status.agent?.name ?? lastAgentName(events);
      const isThere = status.status === 'with_agent';
      const line = settings?.site && t('person', { site: settings.site });
      return name ? { ...person(name), line, isThere } : bot;
    }
    case 'waiting':
      return { ...bot, line: t(status.left ? 'left' : availability.agents ? 'waitingFor' : 'leave'), isThere: false };
    case 'resolved': {
      const name = lastAgentName(events);
      return { ...bot, ...(name && person(name)), line: t('ended'), isThere: false };
    }
    default:
      return bot;
  }
}
