import { h, render } from 'preact';
import { keepIn } from 'web-shared/keep.ts';
import { translator } from 'web-shared/i18n/translator.ts';
import type { WidgetTranslator } from 'web-shared/i18n/widget-texts.ts';
import type { EventFrame } from 'web-shared/protocol/frames.ts';
import { browserSurroundings, socketUrl } from 'web-shared/surroundings.ts';
import type { Embed, LocaleTexts, PanelModule } from '../embed.ts';
import { announce, createAnnouncer } from './announcer.ts';
import { AppContext, type App } from './app.ts';
import { runCommand } from './commands.ts';
import { Desk } from './desk.ts';
import { Introduction } from './introduction.ts';
import { onPageChange } from './page-change.ts';
import { Session } from './session.ts';
import { panelSheet } from './styles/sheet.ts';
import { joinTabs, type TabNews } from './tabs.ts';
import { isFromOthers, unreadAfter } from './transcript.ts';
import { Ui } from './ui.ts';
import { Window } from './window.tsx';

const OPEN_KEY = 'frontdesk:open';

/** Builds the panel inside the loader's element; gives the function that takes the page's calls. */
export const start: PanelModule['start'] = (embed, first) => {
  const panel = new Panel(embed, first);
  return (call) => runCommand(panel, call);
};

/** Everything together: one desk, one screen, one page around them. */
export class Panel {
  readonly desk: Desk;
  readonly ui: Ui;
  readonly introduction: Introduction;
  private readonly session: Session;
  private readonly tabs;
  private readonly mount = document.createElement('div');
  private readonly announcer = createAnnouncer();
  private readonly tabKeep = keepIn('sessionStorage');
  private readonly endPageChange: () => void;
  private i18n!: WidgetTranslator;
  private isScheduled = false;
  private unread = 0;

  constructor(readonly embed: Embed, first: LocaleTexts) {
    const keep = keepIn('localStorage');
    const onChange = () => this.schedule();
    this.session = new Session(keep);
    this.introduction = new Introduction(first.locale);
    this.tabs = joinTabs((news) => this.hear(news));
    this.ui = new Ui({
      draft: this.session.draft,
      after: browserSurroundings.after,
      onDraft: (draft) => this.session.update({ draft }),
      onChange,
    });
    this.desk = new Desk({
      url: socketUrl(embed.server, 'ws/visitor'),
      keep,
      session: this.session,
      introduction: this.introduction,
      surroundings: browserSurroundings,
      onChange,
      onNews: (event) => this.happened(event),
      onError: (error) => {
        this.ui.showError(error);
        embed.emit('error', error);
      },
      onBegun: () => this.tabs.tell({ type: 'begun' }),
    });
    this.setTexts(first);
    embed.root.adoptedStyleSheets = [...embed.root.adoptedStyleSheets, panelSheet()];
    embed.wrapper.prepend(this.mount);
    embed.wrapper.append(this.announcer);
    this.endPageChange = onPageChange(() => this.desk.mention({ type: 'page', ...this.introduction.page() }));
    if (!this.session.isEmpty) this.desk.connect();
    if (!this.session.isEmpty && this.tabKeep.getItem(OPEN_KEY) && !isPhone()) this.open();
    this.schedule();
  }

  open(): void {
    if (this.ui.isOpen) return;
    const { status } = this.desk.state.status;
    if (status === 'waiting' || status === 'with_agent' || this.unread > 0) this.ui.screen = 'conversation';
    this.ui.isOpen = true;
    if (!this.session.isEmpty) this.tabKeep.setItem(OPEN_KEY, 'yes');
    this.embed.launcher.setAttribute('aria-expanded', 'true');
    this.desk.connect();
    this.embed.emit('open');
    this.schedule();
  }

  close(): void {
    if (!this.ui.isOpen) return;
    this.ui.isOpen = false;
    this.tabKeep.removeItem(OPEN_KEY);
    this.embed.launcher.setAttribute('aria-expanded', 'false');
    this.embed.emit('close');
    this.schedule();
  }

  ask(text: string, article?: string): void {
    this.ui.screen = 'conversation';
    this.open();
    this.desk.ask(text, article);
  }

  reset(): void {
    this.tabs.tell({ type: 'reset' });
    this.forget();
  }

  async setLocale(tag: string): Promise<void> {
    this.setTexts(await this.embed.texts(tag));
    this.introduction.locale = this.i18n.locale;
    this.desk.mention({ type: 'locale', locale: this.i18n.locale });
    this.schedule();
  }

  destroy(): void {
    this.desk.disconnect();
    this.tabs.close();
    this.endPageChange();
    render(null, this.mount);
  }

  private forget(): void {
    this.desk.forget();
    this.ui.draft = '';
    this.ui.isForgetting = false;
    this.ui.screen = 'home';
    if (this.ui.isOpen) this.desk.connect();
    this.schedule();
  }

  private hear(news: TabNews): void {
    if (news.type === 'reset') this.forget();
    if (news.type === 'begun') this.desk.join();
    if (news.type === 'seen') this.session.reload();
    this.schedule();
  }

  private happened(event: EventFrame): void {
    const { embed } = this;
    if (isFromOthers(event)) {
      embed.emit('message', { author: event.author, text: event.text });
      if (!this.ui.isOpen) announce(this.announcer, this.i18n.t('newFrom', { name: this.nameOf(event) }));
    }
    if (event.kind === 'escalated' || event.kind === 'claimed') embed.emit('handover', { kind: event.kind });
    if (event.kind === 'resolved') embed.emit('resolved', { by: event.by });
    if (event.kind === 'conversation_rated') embed.emit('rated', { score: event.score });
  }

  private nameOf(event: Extract<EventFrame, { kind: 'message' }>): string {
    return event.author.name ?? this.desk.state.settings?.bot_name ?? '';
  }

  private setTexts({ locale, texts }: LocaleTexts): void {
    this.i18n = translator(locale, texts);
    this.embed.wrapper.lang = locale;
    this.embed.wrapper.dir = this.i18n.direction;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => {
      this.isScheduled = false;
      this.render();
    });
  }

  private render(): void {
    const { desk, ui, i18n, embed } = this;
    this.countUnread();
    const app: App = { desk, ui, i18n, server: embed.server };
    render(h(AppContext.Provider, { value: app, children: h(Window, { panel: this }) }), this.mount);
  }

  private countUnread(): void {
    const { events, conversation, seen } = this.desk.state;
    const seenHere = Math.max(this.session.seenIn(conversation), seen.visitor);
    const unread = unreadAfter(events, seenHere);
    const { launcher, badge, emit } = this.embed;
    if (unread === this.unread) return this.labelLauncher(launcher, unread);
    if (unread < this.unread) this.tabs.tell({ type: 'seen' });
    this.unread = unread;
    badge.textContent = unread > 0 ? this.i18n.number(unread) : '';
    this.labelLauncher(launcher, unread);
    emit('unread', unread);
  }

  private labelLauncher(launcher: HTMLElement, unread: number): void {
    const { t, list } = this.i18n;
    const label = this.ui.isOpen ? t('close') : t('help');
    launcher.setAttribute('aria-label', unread > 0 ? list([label, t('unread', { n: unread })]) : label);
  }

  get unreadCount(): number {
    return this.unread;
  }
}

/** Where the panel covers the page. */
export const PHONE = '(max-width: 480px), (max-height: 500px)';

export function isPhone(): boolean {
  return matchMedia(PHONE).matches;
}
