import type { AppProps } from './app.ts';
import { Face } from './icons.tsx';
import { lastAgentName } from './transcript.ts';

/** A rating can be changed for ten minutes. */
const CHANGEABLE = 10 * 60_000;

/** Asks once how it was, when a conversation has ended. */
export function Rating({ app: { desk, ui, i18n: { t } } }: AppProps) {
  const { score, isRatingAside, isRatingAgain } = ui.state;
  const { status, events } = desk.state;
  if (status.status !== 'resolved' || isRatingAside) return null;
  const rated = events.findLast((event) => event.kind === 'conversation_rated');
  if (!isRatingAgain && (rated || desk.pending.some((frame) => frame.type === 'rate_conversation'))) {
    const isFresh = rated && Date.now() - Date.parse(rated.at) < CHANGEABLE;
    return (
      <p class="note" role="status">
        {t('rated')} {isFresh && <button class="link" onClick={() => ui.set({ isRatingAgain: true })}>{t('edit')}</button>}
      </p>
    );
  }

  const name = lastAgentName(events);
  const scores = [t('score1'), t('score2'), t('score3'), t('score4'), t('score5')];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (score === undefined) return;
    const field = (event.currentTarget as HTMLFormElement).elements.namedItem('comment') as HTMLTextAreaElement;
    desk.act({ type: 'rate_conversation', score, comment: field.value.trim() || undefined });
    ui.set({ isRatingAgain: false });
  };
  return (
    <form class="rating" onSubmit={submit}>
      <fieldset>
        <legend>{name ? t('rateName', { name }) : t('rate')}</legend>
        <div class="faces">
          {scores.map((label, index) => (
            <label key={index} class={index + 1 === score ? 'on' : ''}>
              <input type="radio" name="score" value={index + 1} checked={index + 1 === score} onInput={() => ui.set({ score: index + 1 })} />
              <Face score={index + 1} />
              <span>{label}</span>
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
      <button class="link small" type="button" onClick={() => ui.set({ isRatingAside: true })}>{t('notNow')}</button>
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
