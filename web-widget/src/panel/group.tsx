import { Blocks, PlainText } from 'web-shared/blocks.tsx';
import { clockTime } from 'web-shared/time.ts';
import { Cards, Choices } from './answer.tsx';
import type { AppProps } from './app.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { errorText } from './toast.tsx';
import type { FailedMessage } from './desk.ts';
import type { Bubble, Group } from './transcript.ts';

interface GroupProps extends AppProps {
  group: Group;
  isLastOwn: boolean;
  /** Options of messages before this one are settled. */
  settledSeq: number;
}

/** What one side said without a pause. */
export function GroupRow({ app, group, isLastOwn, settledSeq }: GroupProps) {
  const last = group.bubbles.at(-1);
  if (group.author.kind === 'visitor') {
    return (
      <div class="own">
        {group.bubbles.map((bubble) => <OwnBubble key={bubble.key} app={app} bubble={bubble} isLast={isLastOwn && bubble === last} />)}
      </div>
    );
  }
  return (
    <>
      {group.bubbles.map((bubble) => (
        <OtherBubble key={bubble.key} app={app} bubble={bubble} group={group} isLast={bubble === last} settledSeq={settledSeq} />
      ))}
    </>
  );
}

interface BubbleProps extends AppProps {
  bubble: Bubble;
}

function OwnBubble({ app, bubble, isLast }: BubbleProps & { isLast: boolean }) {
  const { t } = app.i18n;
  return (
    <>
      <div class={`bubble ${bubble.delivery}`} dir="auto">
        <bdi class="hidden">{t('says', { name: t('you') })} </bdi>
        <PlainText text={bubble.text} />
      </div>
      {bubble.failure ? <Failure app={app} failure={bubble.failure} /> : isLast && <DeliveryLine app={app} bubble={bubble} />}
    </>
  );
}

interface OtherBubbleProps extends BubbleProps {
  group: Group;
  isLast: boolean;
  settledSeq: number;
}

function OtherBubble({ app, bubble, group, isLast, settledSeq }: OtherBubbleProps) {
  const { desk, i18n, server } = app;
  const { author } = group;
  const name = author.name ?? desk.state.settings?.bot_name ?? '';
  return (
    <div class={bubble === group.bubbles[0] ? 'turn first' : 'turn'}>
      <div class="group">
        <div class="side">{isLast && <Avatar author={author} isSmall />}</div>
        <div class="column">
          <div class={`bubble prose ${author.kind}`}>
            <bdi class="hidden">{i18n.t('says', { name })} </bdi>
            {bubble.blocks.length > 0 ? <Blocks blocks={bubble.blocks} base={server} /> : <PlainText text={bubble.text} />}
          </div>
          <Cards app={app} bubble={bubble} />
        </div>
      </div>
      <Choices app={app} bubble={bubble} isSettled={(bubble.seq ?? 0) < settledSeq} />
    </div>
  );
}

function DeliveryLine({ app: { i18n: { t, locale } }, bubble }: BubbleProps) {
  const { delivery, at } = bubble;
  const icon = { sending: 'clock', sent: 'check', seen: 'checks', failed: 'warning' } as const;
  const word = { sending: t('sending'), sent: t('sent'), seen: t('seen'), failed: t('notSent') };
  return (
    <div class="delivery">
      {at && <span>{clockTime(new Date(at), locale)}</span>}
      <Icon name={icon[delivery]} size="xs" />
      <span>{word[delivery]}</span>
    </div>
  );
}

function Failure({ app: { desk, ui, i18n }, failure }: AppProps & { failure: FailedMessage }) {
  const { frame, error } = failure;
  const isTooLong = error.code === 'message_too_long';
  const mend = () => {
    if (!isTooLong) return desk.tryAgain(failure);
    desk.dropFailed(frame.client_id);
    ui.set({ draft: frame.text, focus: 'input' });
  };
  return (
    <div class="delivery bad" role="alert">
      <Icon name="warning" size="xs" />
      <span>{isTooLong ? errorText(error, i18n) : i18n.t('notSent')}</span>
      <button class="link" onClick={mend}>{i18n.t(isTooLong ? 'edit' : 'again')}</button>
    </div>
  );
}
