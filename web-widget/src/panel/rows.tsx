import { PlainText } from 'web-shared/blocks.tsx';
import { clockTime, dayName } from 'web-shared/time.ts';
import { useApp } from './app.ts';

export function TimeRow({ at }: { at: string }) {
  const { i18n } = useApp();
  const date = new Date(at);
  return <div class="time">{dayName(date, new Date(), i18n.locale)}, {clockTime(date, i18n.locale)}</div>;
}

/** What the desk itself says, for instance that a person joins. */
export function NoteRow({ text }: { text: string }) {
  return <div class="note" dir="auto"><PlainText text={text} /></div>;
}

export function EndedRow({ by, name }: { by: string; name: string | undefined }) {
  const { i18n: { t } } = useApp();
  return <div class="note">{text()}</div>;

  function text() {
    if (by === 'visitor') return t('youEnded');
    return by === 'agent' && name ? t('theyEnded', { name }) : t('deskEnded');
  }
}
