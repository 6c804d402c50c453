import type { AppProps } from './app.ts';

/** Asks, in the menu's place, before this device forgets the visitor. */
export function Forget({ app }: AppProps) {
  const { ui, i18n: { t } } = app;
  return (
    <div class="menu" role="alertdialog" aria-label={t('forget')} aria-describedby="forget">
      <p id="forget">{t('forgetAsk')}</p>
      <button ref={focus} onClick={() => ui.set({ isMenuOpen: false, focus: 'screen' })}>{t('cancel')}</button>
      <button class="bad" onClick={() => app.reset()}>{t('forgetYes')}</button>
    </div>
  );
}

function focus(button: HTMLElement | null): void {
  button?.focus();
}
