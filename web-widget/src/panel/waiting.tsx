import { moment, waitMinutes } from 'web-shared/time.ts';
import type { App, AppProps } from './app.ts';
import { ContactForm } from './contact-form.tsx';
import { Icon } from './icons.tsx';

/** The card below the last message while a person is needed. */
export function Waiting({ app }: AppProps) {
  const { desk } = app;
  const { status, availability } = desk.state;
  if (status.status !== 'waiting') return null;
  if (status.left || desk.pending.some((frame) => frame.type === 'leave_contact')) return <LeftMessage app={app} />;
  return availability.agents && !app.ui.state.isLeaving ? <InLine app={app} /> : <Away app={app} />;
}

function InLine({ app }: AppProps) {
  const { desk, i18n: { t } } = app;
  const { position } = desk.state.status;
  const done = position === 1 ? 2 : 1;
  return (
    <section class="hand">
      <div class="who">
        <span class="sign round"><Icon name="person" /></span>
        <div>
          <h3>{t('finding')}</h3>
          <p role="status">{lineText(app)}</p>
        </div>
      </div>
      <div class="steps" aria-hidden="true">{[1, 2, 3].map((step) => <i key={step} class={step <= done ? 'done' : ''} />)}</div>
      <div class="choices">
        <button class="button" onClick={() => app.ui.set({ isLeaving: true })}>{t('leave')}</button>
        <WithdrawButton app={app} />
      </div>
    </section>
  );
}

function WithdrawButton({ app: { desk, i18n } }: AppProps) {
  const isAsked = desk.pending.some((frame) => frame.type === 'withdraw');
  return (
    <button class="button" aria-disabled={isAsked} onClick={() => isAsked || desk.act({ type: 'withdraw' })}>
      {i18n.t('withdraw')}
    </button>
  );
}

/** Nobody can take over now: the answer comes by e-mail. */
function Away({ app }: AppProps) {
  const { desk, i18n } = app;
  const { opens_at } = desk.state.availability;
  const when = opens_at && moment(new Date(opens_at), new Date(), i18n.locale);
  return (
    <section class="away">
      {!desk.state.availability.agents && (
        <div class="warning"><Icon name="clock" size="s" /><span>{when ? i18n.t('awayUntil', { when }) : i18n.t('away')}</span></div>
      )}
      <ContactForm app={app} />
      <WithdrawButton app={app} />
    </section>
  );
}

function LeftMessage({ app: { desk, i18n: { t } } }: AppProps) {
  const contact = desk.state.events.findLast((event) => event.kind === 'contact_left');
  const email = contact?.kind === 'contact_left' ? contact.email : undefined;
  return (
    <section class="hand">
      <div class="who">
        <span class="sign round"><Icon name="check" /></span>
        <div>
          <h3>{t('left')}</h3>
          <p>{email ? t('leftTo', { email }) : t('leftSoon')}</p>
        </div>
      </div>
    </section>
  );
}

function lineText({ desk, i18n: { t } }: App): string {
  const { position, wait_s } = desk.state.status;
  const parts: string[] = [];
  if (position !== undefined) parts.push(position === 1 ? t('next') : t('position', { n: position }));
  if (wait_s) {
    const [low, high] = waitMinutes(wait_s);
    parts.push(low === high ? t('wait', { n: low }) : t('waitRange', { low, high }));
  }
  return parts.join(' ');
}
