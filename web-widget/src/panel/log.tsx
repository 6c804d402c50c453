import { Component, createRef } from 'preact';
import type { App, AppProps } from './app.ts';
import { Avatar } from './avatar.tsx';
import { Rating } from './ended.tsx';
import { GroupRow } from './group.tsx';
import { Icon } from './icons.tsx';
import { Bones } from './reader.tsx';
import { EndedRow, NoteRow, TimeRow } from './rows.tsx';
import { lastVisitorSeq, transcript, unreadAfter, type Row } from './transcript.ts';
import { Waiting } from './waiting.tsx';

const CLOSE_ENOUGH = 24;

/** Everything that was said, oldest first. It stays at its end while the reader is there. */
export class Log extends Component<AppProps> {
  readonly #ref = createRef<HTMLDivElement>();
  readonly #resize = new ResizeObserver(() => this.#stick());
  #isAtEnd = true;
  #ownCount = 0;
  /** The last number that was on the screen. */
  #seenSeq = 0;

  override componentDidMount(): void {
    const log = this.#ref.current!;
    this.#resize.observe(log);
    this.#resize.observe(log.firstElementChild!);
    document.addEventListener('visibilitychange', this.#see);
    this.componentDidUpdate();
  }

  override componentDidUpdate(): void {
    const { pending, failed } = this.props.app.desk;
    const ownCount = pending.length + failed.length;
    // What the visitor writes is always brought into view.
    if (ownCount > this.#ownCount) this.#isAtEnd = true;
    this.#ownCount = ownCount;
    this.#stick();
    this.#see();
  }

  override componentWillUnmount(): void {
    this.#resize.disconnect();
    document.removeEventListener('visibilitychange', this.#see);
  }

  override render({ app }: AppProps) {
    const { desk, i18n: { t } } = app;
    const { isStartingNew, state, pending, failed } = desk;
    const events = isStartingNew ? [] : state.events;
    const rows = transcript({ events, pending, failed, seenByOthers: state.seen.agent });
    const unread = unreadAfter(events, this.#seenSeq);
    return (
      <>
        <div ref={this.#ref} class="log" role="log" aria-label={t('log')} aria-busy={!desk.isWelcome} tabIndex={0} onScroll={this.#onScroll}>
          <div class="rows">
            <Disclosure app={app} />
            {!desk.isWelcome && <Bones />}
            {rows.map((row) => renderRow(row, rows, app))}
            {!isStartingNew && <Waiting app={app} />}
            <Typing app={app} />
            {!isStartingNew && <Rating app={app} />}
          </div>
        </div>
        {unread > 0 && !this.#isAtEnd && (
          <button class="pill" onClick={this.#toEnd}>
            <Icon name="down" size="s" />{t('newMessages', { n: unread })}
          </button>
        )}
      </>
    );
  }

  readonly #toEnd = () => {
    this.#isAtEnd = true;
    this.#stick();
    this.props.app.ui.set({});
  };

  readonly #onScroll = () => {
    const { scrollHeight, scrollTop, clientHeight } = this.#ref.current!;
    const isAtEnd = scrollHeight - scrollTop - clientHeight < CLOSE_ENOUGH;
    if (isAtEnd === this.#isAtEnd) return;
    this.#isAtEnd = isAtEnd;
    this.props.app.ui.set({});
  };

  readonly #see = () => {
    if (!this.#isAtEnd || document.visibilityState !== 'visible') return;
    const { desk } = this.props.app;
    this.#seenSeq = desk.state.lastSeq;
    desk.saw(this.#seenSeq);
  };

  #stick(): void {
    const log = this.#ref.current;
    if (log && this.#isAtEnd) log.scrollTop = log.scrollHeight;
  }
}

function renderRow(row: Row, rows: readonly Row[], app: App) {
  switch (row.kind) {
    case 'time':
      return <TimeRow key={row.key} app={app} at={row.at} />;
    case 'note':
      return <NoteRow key={row.key} text={row.text} />;
    case 'ended':
      return <EndedRow key={row.key} app={app} by={row.by} name={row.name} />;
    default: {
      const settledSeq = lastVisitorSeq(app.desk.state.events);
      return <GroupRow key={row.key} app={app} group={row} isLastOwn={row === rows.findLast(isOwn)} settledSeq={settledSeq} />;
    }
  }
}

function isOwn(row: Row): boolean {
  return row.kind === 'group' && row.author.kind === 'visitor';
}

/** The first line of every conversation: a bot answers here. */
function Disclosure({ app: { desk } }: AppProps) {
  const text = desk.state.settings?.disclosure;
  if (!text) return null;
  return (
    <div class="group">
      <div class="side"><Avatar author={{ kind: 'bot' }} isSmall /></div>
      <div class="column"><div class="bubble" dir="auto">{text}</div></div>
    </div>
  );
}

/** A person who says that they type, or the bot while an answer is due. */
function Typing({ app }: AppProps) {
  const { typing, settings } = app.desk.state;
  const author = typing ?? (isAnswerDue(app) ? { kind: 'bot' as const } : undefined);
  if (!author || author.kind === 'visitor') return null;
  return (
    <div class="group typing">
      <div class="side"><Avatar author={author} isSmall /></div>
      <div class={`bubble dots ${author.kind}`}>
        <span class="hidden">{app.i18n.t('typing', { name: author.name ?? settings?.bot_name ?? '' })}</span>
        <i /><i /><i />
      </div>
    </div>
  );
}

function isAnswerDue({ desk }: App): boolean {
  const { status, events } = desk.state;
  if (status.status !== 'with_bot' || desk.connection !== 'open') return false;
  const last = events.findLast((event) => event.kind === 'message');
  const isAsked = last?.kind === 'message' && last.author.kind === 'visitor';
  return isAsked || desk.pending.some((frame) => frame.type === 'send_message');
}
