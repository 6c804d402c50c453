import type { AppProps } from './app.ts';
import { Face } from './icons.tsx';
import { lastAgentName } from './transcript.ts';

const SCORES = [1, 2, 3, 4, 5] as const;

/** Asks once how it was, when a conversation has ended. */
export function Rating({ app: { desk, ui, i18n: { t } } }: AppProps) {
  const { score } = ui.state;
  const { status, events } = desk.state;
  if (status.status !== 'resolved') return null;
  const isRated =
    events.some((event) => event.kind === 'conversation_rated') ||
    desk.pending.some((frame) => frame.type === 'rate_conversation');
  if (isRated) return <p class="note" role="status">{t('rated')}</p>;

  const name = lastAgentName(events);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (score === undefined) return;
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('comment') as HTMLTextAreaElement;
    desk.act({ type: 'rate_conversation', score, comment: field.value.trim() || undefined });
  };
  return (
    <form class="rating" onSubmit={submit}>
      <fieldset>
        <legend>{name ? t('rateName', { name }) : t('rate')}</legend>
        <div class="faces">
          {SCORES.map((each) => (
            <label key={each} class={each === score ? 'on' : ''}>
              <input type="radio" name="score" value={each} onChange={() => ui.set({ score: each })} />
              <Face score={each} />
              <span>{t(`score${each}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      {score !== undefined && (
        <>
          <textarea name="comment" rows={2} maxLength={1000} dir="auto" aria-label={t('comment')} placeholder={t('comment')} />
          <button class="button primary wide">{t('sendRating')}</button>
        </>
      )}
    </form>
  );
}

/** What is possible after the end, in the place of the input. */
export function EndedActions({ app: { desk, ui, i18n: { t } } }: AppProps) {
  return (
    <div class="composer ended">
      <button class="button wide" type="button" onClick={() => (desk.startNew(true), ui.set({ focus: 'screen' }))}>{t('startNew')}</button>
      <button class="link" type="button" onClick={() => ui.set({ isContinuing: true, focus: 'input' })}>{t('continue')}</button>
    </div>
  );
}
