import { LINK_REL, safeHref } from 'web-shared/links.ts';
import type { OptionView, SourceView } from 'web-shared/protocol/frames.ts';
import type { AppProps } from './app.ts';
import { Icon } from './icons.tsx';
import { requestAgent } from './menu.tsx';
import type { Bubble } from './transcript.ts';

interface BubbleProps extends AppProps {
  bubble: Bubble;
}

/** Where the answer is from, or which articles come closest. */
export function Cards({ app, bubble }: BubbleProps) {
  return (
    <>
      {bubble.sources.map((source) => <SourceCard key={source.article} app={app} source={source} />)}
      {bubble.options.map((option) => option.article && <ArticleCard key={option.article} app={app} option={option} />)}
    </>
  );
}

function SourceCard({ app, source }: AppProps & { source: SourceView }) {
  const { i18n, server } = app;
  const address = safeHref(source.anchor ? `${source.url}#${source.anchor}` : source.url, server);
  const inside = (
    <>
      <span class="sign"><Icon name="article" size="s" /></span>
      <span class="text"><strong dir="auto">{source.title}</strong><span>{i18n.t('read')}</span></span>
      <Icon name="next" size="s" />
    </>
  );
  const read = (click: MouseEvent) => {
    click.preventDefault();
    app.read(source.article);
  };
  return address ? <a class="source" href={address} target="_blank" rel={LINK_REL} onClick={read}>{inside}</a> : <div class="source">{inside}</div>;
}

function ArticleCard({ app: { desk }, option }: AppProps & { option: OptionView }) {
  return (
    <button
      class="source"
      disabled={desk.state.status.status === 'resolved'}
      onClick={() => desk.ask(option.label, option.article)}
    >
      <span class="sign"><Icon name="article" size="s" /></span>
      <span class="text"><strong dir="auto">{option.label}</strong></span>
      <Icon name="next" size="s" />
    </button>
  );
}

/** What the visitor may do next: say whether it helped, fetch a person, ask again. */
export function Choices({ app, bubble, isSettled }: BubbleProps & { isSettled: boolean }) {
  const { desk } = app;
  const isOpen = desk.state.status.status === 'with_bot' && !desk.isStartingNew;
  const actions = isOpen && !isSettled ? bubble.options.filter((option) => option.action) : [];
  return (
    <>
      <Feedback app={app} bubble={bubble} isOpen={isOpen} />
      {actions.length > 0 && <Actions app={app} actions={actions} />}
    </>
  );
}

function Feedback({ app, bubble: { seq, sources, helped, text }, isOpen }: BubbleProps & { isOpen: boolean }) {
  const { desk, i18n: { t } } = app;
  if (seq === undefined || sources.length === 0 || (helped === undefined && !isOpen)) return null;
  const rate = (helpful: boolean) => desk.act({ type: 'rate_answer', seq, helpful });
  const choice = (helpful: boolean, label: string) => (
    <button
      class={helped === helpful ? 'chip small on' : 'chip small'}
      aria-pressed={helped === helpful}
      aria-disabled={helped !== undefined}
      onClick={() => helped === undefined && rate(helpful)}
    >
      {helped === helpful && <Icon name="check" size="xs" />}{label}
    </button>
  );
  return (
    <div class="feedback" role="group" aria-label={t('helped')}>
      {/* A guess asks by itself. */}
      {!/[?？؟]\s*$/.test(text) && <span>{t('helped')}</span>}
      {helped !== false && choice(true, t('yes'))}
      {helped !== true && choice(false, t('no'))}
    </div>
  );
}

function Actions({ app, actions }: AppProps & { actions: readonly OptionView[] }) {
  const { desk, ui, i18n } = app;
  const offersPerson = actions.some(({ action }) => action === 'request_agent');
  return (
    <div class="chips">
      {offersPerson && !desk.state.availability.agents && <p class="small">{i18n.t('nobodyIn')}</p>}
      {actions.map(({ action, label }) =>
        action === 'request_agent' ? (
          <button key={action} class="chip filled" onClick={() => requestAgent(app)}>
            <Icon name="person" size="s" />{label}
          </button>
        ) : (
          <button key={action} class="chip" onClick={() => ui.set({ focus: 'input' })}>{label}</button>
        ),
      )}
    </div>
  );
}
