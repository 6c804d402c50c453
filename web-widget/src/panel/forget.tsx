import type { AppProps } from './app.ts';

/** Asks before this device forgets the visitor. */
export function Forget({ app }: AppProps) {
  const { ui, i18n: { t } } = app;
  return (
    <div class="veil">
      <div class="sheet" role="alertdialog" aria-modal="true" aria-labelledby="forget" aria-describedby="forget-text">
        <h3 id="forget">{t('forget')}</h3>
        <p id="forget-text">{t('forgetAsk')}</p>
        <div class="buttons">
          <button ref={focus} class="button" type="button" onClick={() => ui.set({ isForgetting: false, focus: 'screen' })}>{t('cancel')}</button>
          <button class="button danger" type="button" onClick={() => app.reset()}>{t('forgetYes')}</button>
        </div>
      </div>
    </div>
  );
}

function focus(button: HTMLElement | null): void {
  button?.focus();
}
