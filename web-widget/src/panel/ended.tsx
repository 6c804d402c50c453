import { useState } from 'preact/hooks';
import { useApp } from './app.ts';
import { Face } from './icons.tsx';
import { lastAgentName } from './transcript.ts';

const SCORES = [1, 2, 3, 4, 5] as const;

/** Asks once how it was, when a conversation has ended. */
export function Rating() {
  const { desk, i18n: { t } } = useApp();
  const [score, setScore] = useState<number>();
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
    const comment = field.value.trim();
    desk.act({ type: 'rate_conversation', score, ...(comment && { comment }) });
  };
  return (
    <form class="rating" onSubmit={submit}>
      <fieldset>
        <legend>{name ? t('rateName', { name }) : t('rate')}</legend>
        <div class="faces">
          {SCORES.map((each) => (
            <label key={each} class={each === score ? 'on' : ''}>
              <input type="radio" name="score" value={each} onChange={() => setScore(each)} />
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
export function EndedActions({ onContinue }: { onContinue: () => void }) {
  const { desk, i18n: { t } } = useApp();
  return (
    <footer class="composer ended">
      <button class="button wide" type="button" onClick={() => desk.startNew(true)}>{t('startNew')}</button>
      <button class="link" type="button" onClick={onContinue}>{t('continue')}</button>
    </footer>
  );
}
