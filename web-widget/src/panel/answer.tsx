import { LINK_REL, safeHref } from 'web-shared/links.ts';
import type { OptionView, SourceView } from 'web-shared/protocol/frames.ts';
import { useApp } from './app.ts';
import { Icon } from './icons.tsx';
import { requestAgent } from './menu.tsx';
import type { Bubble } from './transcript.ts';

/** What belongs to the bot's answers beside their words. */
export const Answer = { Cards, Choices };

/** Where the answer is from, or which articles come closest. */
function Cards({ bubble }: { bubble: Bubble }) {
  return (
    <>
      {bubble.sources.map((source) => <SourceCard key={source.article} source={source} />)}
      {bubble.options.map((option) => option.article && <ArticleCard key={option.article} option={option} />)}
    </>
  );
}

function SourceCard({ source }: { source: SourceView }) {
  const { i18n, server } = useApp();
  const address = safeHref(source.anchor ? `${source.url}#${source.anchor}` : source.url, server);
  const inside = (
    <>
      <span class="sign"><Icon name="article" class="s" /></span>
      <span class="text"><strong dir="auto">{source.title}</strong><span>{i18n.t('read')}</span></span>
      <Icon name="next" class="s turns" />
    </>
  );
  return address ? <a class="source" href={address} target="_blank" rel={LINK_REL}>{inside}</a> : <div class="source">{inside}</div>;
}

function ArticleCard({ option }: { option: OptionView }) {
  const { desk } = useApp();
  return (
    <button
      class="source"
      type="button"
      disabled={desk.state.status.status === 'resolved'}
      onClick={() => desk.ask(option.label, option.article)}
    >
      <span class="sign"><Icon name="article" class="s" /></span>
      <span class="text"><strong dir="auto">{option.label}</strong></span>
      <Icon name="next" class="s turns" />
    </button>
  );
}

/** What the visitor may do next: say whether it helped, fetch a person, ask again. */
function Choices({ bubble, isSettled }: { bubble: Bubble; isSettled: boolean }) {
  const { desk } = useApp();
  const isOpen = desk.state.status.status === 'with_bot' && !desk.isStartingNew;
  const actions = isOpen && !isSettled ? bubble.options.filter((option) => option.action) : [];
  return (
    <>
      <Feedback bubble={bubble} isOpen={isOpen} />
      {actions.length > 0 && <Actions actions={actions} />}
    </>
  );
}

function Feedback({ bubble: { seq, sources, helped }, isOpen }: { bubble: Bubble; isOpen: boolean }) {
  const { desk, i18n: { t } } = useApp();
  if (seq === undefined || sources.length === 0 || (helped === undefined && !isOpen)) return null;
  const rate = (helpful: boolean) => desk.act({ type: 'rate_answer', seq, helpful });
  const choice = (helpful: boolean, label: string) => (
    <button
      class={helped === helpful ? 'chip small on' : 'chip small'}
      type="button"
      aria-pressed={helped === helpful}
      aria-disabled={helped !== undefined}
      onClick={() => helped === undefined && rate(helpful)}
    >
      {helped === helpful && <Icon name="check" class="xs" />}{label}
    </button>
  );
  return (
    <div class="feedback" role="group" aria-label={t('helped')}>
      <span>{t('helped')}</span>
      {helped !== false && choice(true, t('yes'))}
      {helped !== true && choice(false, t('no'))}
    </div>
  );
}

function Actions({ actions }: { actions: readonly OptionView[] }) {
  const app = useApp();
  const { desk, ui, i18n } = app;
  const offersPerson = actions.some(({ action }) => action === 'request_agent');
  return (
    <div class="chips">
      {offersPerson && !desk.state.availability.agents && <p class="small">{i18n.t('nobodyIn')}</p>}
      {actions.map(({ action, label }) =>
        action === 'request_agent' ? (
          <button key={action} class="chip filled" type="button" onClick={() => requestAgent(app)}>
            <Icon name="person" class="s" />{label}
          </button>
        ) : (
          <button key={action} class="chip" type="button" onClick={() => ui.focusInput()}>{label}</button>
        ),
      )}
    </div>
  );
}
