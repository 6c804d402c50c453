import { useApp, type App } from './app.ts';
import { Avatar } from './avatar.tsx';
import { Rating } from './ended.tsx';
import { GroupRow } from './group.tsx';
import { Icon } from './icons.tsx';
import { EndedRow, NoteRow, TimeRow } from './rows.tsx';
import { lastVisitorSeq, transcript, unreadAfter, type Row } from './transcript.ts';
import { useStickToEnd } from './use-stick-to-end.ts';
import { Waiting } from './waiting.tsx';

/** Everything that was said, oldest first. */
export function Log() {
  const app = useApp();
  const { desk, i18n } = app;
  const { state } = desk;
  const events = desk.isStartingNew ? [] : state.events;
  const rows = transcript({ events, pending: desk.pending, failed: desk.failed, seenByOthers: state.seen.agent });
  const stick = useStickToEnd(desk, desk.pending.length + desk.failed.length);
  const unread = unreadAfter(events, stick.seenSeq);
  return (
    <>
      <div ref={stick.ref} class="log" role="log" aria-label={i18n.t('log')} aria-busy={!desk.isWelcome} tabIndex={0}>
        <div class="rows">
          <Disclosure />
          {rows.map((row) => renderRow(row, rows, app))}
          {!desk.isStartingNew && <Waiting />}
          {typingName(app) !== undefined && <TypingRow />}
          {!desk.isStartingNew && <Rating />}
        </div>
      </div>
      {unread > 0 && !stick.isAtEnd && (
        <button class="pill" type="button" onClick={stick.toEnd}>
          <Icon name="down" class="s" />{i18n.t('newMessages', { n: unread })}
        </button>
      )}
    </>
  );
}

function renderRow(row: Row, rows: readonly Row[], { desk }: App) {
  switch (row.kind) {
    case 'time':
      return <TimeRow key={row.key} at={row.at} />;
    case 'note':
      return <NoteRow key={row.key} text={row.text} />;
    case 'ended':
      return <EndedRow key={row.key} by={row.by} name={row.name} />;
    default: {
      const isLastOwn = row.author.kind === 'visitor' && rows.findLast(isOwn) === row;
      return <GroupRow key={row.key} group={row} isLastOwn={isLastOwn} settledSeq={lastVisitorSeq(desk.state.events)} />;
    }
  }
}

function isOwn(row: Row): boolean {
  return row.kind === 'group' && row.author.kind === 'visitor';
}

/** The first line of every conversation: a bot answers here. */
function Disclosure() {
  const { desk } = useApp();
  const { settings } = desk.state;
  if (!settings?.disclosure) return null;
  return (
    <div class="group">
      <div class="side"><Avatar author={{ kind: 'bot' }} isSmall /></div>
      <div class="column"><div class="bubble" dir="auto">{settings.disclosure}</div></div>
    </div>
  );
}

/** Who is typing: a person who says so, or the bot while an answer is due. */
function typingName({ desk }: App): string | undefined {
  const { typing, status, events, settings } = desk.state;
  if (typing && typing.kind !== 'visitor') return typing.name ?? settings?.bot_name ?? '';
  const last = events.findLast((event) => event.kind === 'message');
  const isDue = last?.kind === 'message' && last.author.kind === 'visitor';
  const isAsking = desk.pending.some((frame) => frame.type === 'send_message');
  const isBots = status.status === 'with_bot' && desk.connection === 'open';
  return isBots && (isDue || isAsking) ? settings?.bot_name ?? '' : undefined;
}

function TypingRow() {
  const app = useApp();
  const { typing } = app.desk.state;
  const name = typingName(app) ?? '';
  return (
    <div class="group typing">
      <div class="side"><Avatar author={typing ?? { kind: 'bot' }} isSmall /></div>
      <div class={`bubble dots ${typing?.kind === 'agent' ? 'agent' : ''}`}>
        <span class="hidden">{app.i18n.t('typing', { name })}</span>
        <i /><i /><i />
      </div>
    </div>
  );
}
