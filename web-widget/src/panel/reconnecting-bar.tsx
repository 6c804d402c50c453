import { useApp } from './app.ts';

/** Says that the connection is gone, once it has been for a moment. */
export function ReconnectingBar() {
  const { desk, i18n } = useApp();
  return <div class="line" role="status">{text()}</div>;

  function text() {
    if (desk.refusal) return <span class="bad">{i18n.t('refused')}</span>;
    if (!desk.isCutOff) return null;
    return <span>{i18n.t(navigator.onLine ? 'reconnecting' : 'offline')}</span>;
  }
}
