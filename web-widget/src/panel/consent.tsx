import type { AppProps } from './app.ts';
import { CloseButton } from './menu.tsx';

/** Asks before anything is sent or kept, where the site wants that. */
export function Consent({ app }: AppProps) {
  const { i18n: { t }, privacy } = app;
  return (
    <div class="conversation">
      <div class="top"><div class="title"><h2>{t('help')}</h2></div><CloseButton app={app} /></div>
      <div class="log prose" data-focus tabIndex={-1}>
        <p>{t('consent')}</p>
        {privacy && <p><a href={privacy} target="_blank" rel="noopener">{t('privacy')}</a></p>}
      </div>
      <div class="composer ended">
        <button class="button primary wide" onClick={() => app.consent(true)}>{t('consentYes')}</button>
        <button class="button wide" onClick={() => app.close()}>{t('consentNo')}</button>
      </div>
    </div>
  );
}
