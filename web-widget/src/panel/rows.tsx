import { PlainText } from 'web-shared/blocks.tsx';
import { moment } from 'web-shared/time.ts';
import type { AppProps } from './app.ts';

export function TimeRow({ app: { i18n }, at }: AppProps & { at: string }) {
  return <div class="time">{moment(new Date(at), new Date(), i18n.locale)}</div>;
}

/** What the desk itself says, for instance that a person joins. */
export function NoteRow({ text }: { text: string }) {
  return <div class="note" dir="auto"><PlainText text={text} /></div>;
}

interface EndedProps extends AppProps {
  by: string;
  name: string | undefined;
}

export function EndedRow({ app: { i18n: { t } }, by, name }: EndedProps) {
  const byAgent = by === 'agent' && name ? t('theyEnded', { name }) : t('deskEnded');
  return <div class="note end">{by === 'visitor' ? t('youEnded') : byAgent}</div>;
}
