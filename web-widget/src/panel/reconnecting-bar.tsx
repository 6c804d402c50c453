import type { App, AppProps } from './app.ts';

/** Says that the connection is gone, once it has been for a moment. */
export function ReconnectingBar({ app }: AppProps) {
  return <div class="line" role="status">{text(app)}</div>;
}

function text({ desk, i18n: { t } }: App) {
  if (desk.refusal) return <span class="bad">{t('refused')}</span>;
  return desk.isCutOff && <span>{t(navigator.onLine ? 'reconnecting' : 'offline')}</span>;
}
