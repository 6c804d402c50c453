import { h, render } from 'preact';
import { language, translator } from 'web-shared/i18n/translator.ts';
import type { WidgetTranslator } from 'web-shared/i18n/widget-texts.ts';
import { keepIn } from 'web-shared/keep.ts';
import type { ErrorFrame, EventFrame } from 'web-shared/protocol/frames.ts';
import { browserSurroundings, socketUrl } from 'web-shared/surroundings.ts';
import type { Embed, LocaleTexts } from '../embed.ts';
import { announce, createAnnouncer } from './announcer.ts';
import { isPhone, type App } from './app.ts';
import { readArticle } from './articles.ts';
import { Attention } from './attention.ts';
import { Desk } from './desk.ts';
import { Introduction } from './introduction.ts';
import { Session } from './session.ts';
import { onPageChange } from './page-change.ts';
import { panelSheet } from './styles/sheet.ts';
import { joinTabs, type TabNews } from './tabs.ts';
import { isFromOthers, unreadAfter } from './transcript.ts';
import { Triggers } from './triggers.ts';
import { closedUi, Ui } from './ui.ts';
import { Window } from './window.tsx';

const OPEN_KEY = 'frontdesk:open';
const ERROR_LASTS = 6_000;
/** Marks the history entry that a phone's way back leads out of. */
const BACK = 'frontdesk';

/** Everything together: one desk, one screen, the page around them. */
export class Panel implements App {
  readonly desk: Desk;
  readonly ui: Ui;
  readonly introduction: Introduction;
  readonly server: string;
  i18n!: WidgetTranslator;
  readonly privacy: string | undefined;
  mayConnect: boolean;
  unread = 0;
  readonly #session = new Session(keepIn('localStorage'));
  readonly #keep = keepIn('localStorage');
  readonly #openKeep = keepIn('sessionStorage');
  readonly #attention = new Attention();
  readonly #tabs = joinTabs((news) => this.#hear(news));
  readonly #mount = document.createElement('div');
  readonly #announcer = createAnnouncer();
  readonly #endPageChange: () => void;
  readonly #triggers: Triggers;
  #isScheduled = false;

  constructor(readonly embed: Embed, first: LocaleTexts) {
    this.server = embed.server;
    this.privacy = embed.wrapper.dataset.privacy;
    const { consent } = embed.wrapper.dataset;
    // Another notice is asked about again.
    this.mayConnect = !consent || this.#session.consent === consent;
    this.introduction = new Introduction(first.locale);
    this.ui = new Ui(({ draft }) => {
      if (draft !== this.#session.draft) this.#session.update({ draft });
      this.#schedule();
    });
    this.ui.set({ draft: this.#session.draft });
    this.desk = new Desk({
      url: socketUrl(embed.server, 'ws/visitor'),
      keep: this.#keep,
      session: this.#session,
      introduction: this.introduction,
      surroundings: browserSurroundings,
      onChange: () => this.#schedule(),
      onNews: (event) => this.#happened(event),
      onError: (error) => this.#refused(error),
      onBegun: () => {
        this.#tabs.tell({ type: 'begun', token: this.#session.token });
        this.#rememberOpen();
      },
    });
    this.#setTexts(first);
    embed.root.adoptedStyleSheets.push(panelSheet());
    embed.wrapper.prepend(this.#mount);
    embed.wrapper.append(this.#announcer);
    this.#endPageChange = onPageChange(() => this.desk.mention({ type: 'page', ...this.introduction.page() }));
    this.#triggers = new Triggers(this);
    addEventListener('popstate', this.#onBack);
    if (!this.#session.isEmpty && this.mayConnect) this.desk.connect();
    if (this.#openKeep.getItem(OPEN_KEY) && !isPhone()) this.open('conversation', false);
  }

  open(screen = this.ui.state.screen, takesFocus = true): void {
    const { ui, desk } = this;
    if (ui.state.isOpen) return;
    const { status } = desk.state.status;
    const isBusy = status === 'waiting' || status === 'with_agent' || this.unread > 0;
    if (this.mayConnect) desk.connect();
    ui.set({ isOpen: true, screen: isBusy ? 'conversation' : screen, focus: takesFocus ? 'screen' : undefined });
    this.#rememberOpen();
    if (takesFocus) this.#tabs.tell({ type: 'open', isOpen: true });
    // A phone's way back closes the panel instead of leaving the page.
    if (isPhone() && takesFocus) history.pushState({ ...history.state, [BACK]: true }, '');
    this.#triggers.rest();
    this.embed.emit('open');
  }

  close(isOwn = true): void {
    if (!this.ui.state.isOpen) return;
    this.#openKeep.removeItem(OPEN_KEY);
    this.ui.set({ isOpen: false, isMenuOpen: false });
    if (isOwn) {
      this.embed.launcher.focus();
      this.#tabs.tell({ type: 'open', isOpen: false });
    }
    if (history.state?.[BACK]) history.back();
    this.embed.emit('close');
  }

  read(article: string): void {
    const { ui } = this;
    const { screen } = ui.state;
    if (screen !== 'article') ui.set({ readFrom: screen });
    ui.set({ reading: undefined, isUnread: false });
    ui.show('article');
    readArticle(this.server, article).then(
      (reading) => ui.set({ reading }),
      () => ui.set({ isUnread: true }),
    );
  }

  askAbout(): void {
    const { reading } = this.ui.state;
    if (reading) this.desk.mention({ type: 'page', url: reading.url, title: reading.title });
    this.ui.set({ screen: 'conversation', focus: 'input' });
  }

  consent(isGiven: boolean): void {
    this.mayConnect = isGiven;
    if (isGiven) this.#session.agree(this.embed.wrapper.dataset.consent ?? 'yes');
    else this.reset();
    if (isGiven && this.ui.state.isOpen) this.desk.connect();
    this.ui.set({ focus: 'screen' });
  }

  get isMuted(): boolean {
    return this.#session.isMuted;
  }

  set isMuted(isMuted: boolean) {
    this.#session.update({ isMuted });
    this.#schedule();
  }

  ask(text: string, article?: string): void {
    this.ui.show('conversation');
    this.open();
    if (this.mayConnect) this.desk.ask(text, article);
    else this.ui.set({ draft: text });
  }

  reset(): void {
    this.#tabs.tell({ type: 'reset' });
    this.#forget();
  }

  async setLocale(tag: string): Promise<void> {
    this.#setTexts(await this.embed.texts(tag));
    const { locale } = this.i18n;
    this.introduction.locale = locale;
    this.desk.mention({ type: 'locale', locale });
    this.#schedule();
  }

  destroy(): void {
    this.desk.disconnect();
    this.#tabs.close();
    this.#endPageChange();
    this.#triggers.end();
    removeEventListener('popstate', this.#onBack);
    render(null, this.#mount);
  }

  readonly #onBack = () => {
    if (isPhone() && !history.state?.[BACK]) this.close();
  };

  /** A page that is left with the panel open is followed by one with the panel open. */
  #rememberOpen(): void {
    if (this.ui.state.isOpen && !this.#session.isEmpty) this.#openKeep.setItem(OPEN_KEY, 'yes');
  }

  #forget(): void {
    const { isOpen } = this.ui.state;
    this.desk.forget();
    this.#openKeep.removeItem(OPEN_KEY);
    this.mayConnect = !this.embed.wrapper.dataset.consent;
    this.ui.set({ ...closedUi, isOpen, focus: 'screen' });
    if (isOpen && this.mayConnect) this.desk.connect();
  }

  #hear(news: TabNews): void {
    if (news.type === 'reset') this.#forget();
    if (news.type === 'open') news.isOpen ? isPhone() || this.open(undefined, false) : this.close(false);
    if (news.type === 'begun' && news.token) this.desk.join(news.token);
    if (news.type === 'seen') this.#session.update({ conversation: news.conversation, seen: news.seen });
    this.#schedule();
  }

  #happened(event: EventFrame): void {
    const { emit } = this.embed;
    if (isFromOthers(event)) {
      emit('message', { author: event.author, text: event.text });
      const name = event.author.name ?? this.desk.state.settings?.bot_name ?? '';
      if (!this.ui.state.isOpen) announce(this.#announcer, this.i18n.t('newFrom', { name }));
      if (!this.ui.state.isOpen || document.hidden) this.#attention.call(this.unread + 1, this.isMuted);
    }
    if (event.kind === 'escalated' || event.kind === 'claimed') emit('handover', { kind: event.kind });
    if (event.kind === 'resolved') {
      this.ui.set({ isContinuing: false, score: undefined, isRatingAside: false });
      emit('resolved', { by: event.by });
    }
    if (event.kind === 'conversation_rated') emit('rated', { score: event.score });
  }

  #refused(error: ErrorFrame): void {
    this.embed.emit('error', error);
    // What the site got wrong is for its developers, not for visitors.
    if (error.code === 'bad_frame') return;
    this.ui.set({ error });
    const lasts = Math.max(ERROR_LASTS, (error.retry_after_s ?? 0) * 1000);
    browserSurroundings.after(lasts, () => this.ui.state.error === error && this.ui.set({ error: undefined }));
  }

  #setTexts({ locale, texts }: LocaleTexts): void {
    // The browser knows which English it is: dates and clocks differ.
    const regional = navigator.languages.find((tag) => language(tag) === locale) ?? locale;
    this.i18n = translator(regional, texts);
    this.embed.wrapper.lang = regional;
    this.embed.wrapper.dir = this.i18n.direction;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    queueMicrotask(() => {
      this.#isScheduled = false;
      this.#updateLauncher();
      render(h(Window, { app: this }), this.#mount);
    });
  }

  #updateLauncher(): void {
    const { embed, desk, i18n: { t, list, number } } = this;
    const { events, conversation, seen } = desk.state;
    const seenHere = Math.max(this.#session.seenIn(conversation), seen.visitor);
    const unread = unreadAfter(events, seenHere);
    const { isOpen } = this.ui.state;
    const label = t(isOpen ? 'close' : 'help');
    embed.launcher.setAttribute('aria-expanded', String(isOpen));
    embed.launcher.setAttribute('aria-label', unread > 0 ? list([label, t('unread', { n: unread })]) : label);
    embed.badge.textContent = unread > 0 ? number(unread) : '';
    if (unread === this.unread) return;
    if (unread < this.unread && conversation) this.#tabs.tell({ type: 'seen', conversation, seen: seenHere });
    this.unread = unread;
    embed.emit('unread', unread);
  }
}
