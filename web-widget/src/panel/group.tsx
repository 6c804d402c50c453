import { Blocks, PlainText } from 'web-shared/blocks.tsx';
import { clockTime } from 'web-shared/time.ts';
import { Answer } from './answer.tsx';
import { useApp } from './app.ts';
import { Avatar } from './avatar.tsx';
import { Icon } from './icons.tsx';
import { errorText } from './toast.tsx';
import type { Bubble, Group } from './transcript.ts';

interface GroupProps {
  group: Group;
  isLastOwn: boolean;
  /** Options of messages before this one are settled. */
  settledSeq: number;
}

/** What one side said without a pause. */
export function GroupRow({ group, isLastOwn, settledSeq }: GroupProps) {
  const last = group.bubbles.at(-1);
  if (group.author.kind === 'visitor') {
    return (
      <div class="own">
        {group.bubbles.map((bubble) => <OwnBubble key={bubble.key} bubble={bubble} isLast={isLastOwn && bubble === last} />)}
      </div>
    );
  }
  return (
    <>
      {group.bubbles.map((bubble) => (
        <OtherBubble key={bubble.key} bubble={bubble} group={group} isLast={bubble === last} settledSeq={settledSeq} />
      ))}
    </>
  );
}

function OwnBubble({ bubble, isLast }: { bubble: Bubble; isLast: boolean }) {
  const { i18n: { t } } = useApp();
  return (
    <>
      <div class={`bubble ${bubble.delivery}`} dir="auto">
        <span class="hidden">{t('says', { name: t('you') })} </span>
        <PlainText text={bubble.text} />
      </div>
      {bubble.failure ? <Failure bubble={bubble} /> : isLast && <DeliveryLine bubble={bubble} />}
    </>
  );
}

interface OtherBubbleProps {
  bubble: Bubble;
  group: Group;
  isLast: boolean;
  settledSeq: number;
}

function OtherBubble({ bubble, group, isLast, settledSeq }: OtherBubbleProps) {
  const { desk, i18n, server } = useApp();
  const { author } = group;
  const name = author.name ?? desk.state.settings?.bot_name ?? '';
  return (
    <div class={bubble === group.bubbles[0] ? 'turn first' : 'turn'}>
      <div class="group">
        <div class="side">{isLast && <Avatar author={author} isSmall />}</div>
        <div class="column">
          <div class={`bubble ${author.kind}`}>
            <span class="hidden">{i18n.t('says', { name })} </span>
            {bubble.blocks.length > 0 ? <Blocks blocks={bubble.blocks} base={server} /> : <PlainText text={bubble.text} />}
          </div>
          <Answer.Cards bubble={bubble} />
        </div>
      </div>
      <Answer.Choices bubble={bubble} isSettled={(bubble.seq ?? 0) < settledSeq} />
    </div>
  );
}

function DeliveryLine({ bubble }: { bubble: Bubble }) {
  const { i18n } = useApp();
  const { delivery = 'sending', at } = bubble;
  const icon = { sending: 'clock', sent: 'check', seen: 'checks', failed: 'warning' } as const;
  const word = { sending: 'sending', sent: 'sent', seen: 'seen', failed: 'notSent' } as const;
  return (
    <div class="delivery">
      {at && <span>{clockTime(new Date(at), i18n.locale)}</span>}
      <Icon name={icon[delivery]} class="xs" />
      <span>{i18n.t(word[delivery])}</span>
    </div>
  );
}

function Failure({ bubble: { failure } }: { bubble: Bubble }) {
  const { desk, ui, i18n } = useApp();
  if (!failure) return null;
  const { frame, error } = failure;
  const isTooLong = error.code === 'message_too_long';
  const mend = () => {
    if (!isTooLong) return desk.tryAgain(failure);
    desk.dropFailed(frame.client_id);
    ui.setDraft(frame.text);
    ui.focusInput();
  };
  return (
    <div class="delivery bad" role="alert">
      <Icon name="warning" class="xs" />
      <span>{isTooLong ? errorText(error, i18n) : i18n.t('notSent')}</span>
      <button class="link" type="button" onClick={mend}>{i18n.t(isTooLong ? 'edit' : 'again')}</button>
    </div>
  );
}
