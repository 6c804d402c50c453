import { useEffect, useRef } from 'preact/hooks';
import { useApp } from './app.ts';
import type { Panel } from './panel.ts';

/** Asks before this device forgets the visitor. */
export function Forget({ panel }: { panel: Panel }) {
  const { ui, i18n: { t } } = useApp();
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  const onKeyDown = (key: KeyboardEvent) => {
    if (key.key !== 'Escape') return;
    key.preventDefault();
    key.stopPropagation();
    ui.askToForget(false);
  };
  return (
    <div class="veil" onKeyDown={onKeyDown}>
      <div class="sheet" role="alertdialog" aria-modal="true" aria-labelledby="forget-title" aria-describedby="forget-text">
        <h3 id="forget-title">{t('forget')}</h3>
        <p id="forget-text">{t('forgetAsk')}</p>
        <div class="buttons">
          <button ref={keep} class="button" type="button" onClick={() => ui.askToForget(false)}>{t('cancel')}</button>
          <button class="button danger" type="button" onClick={() => panel.reset()}>{t('forgetYes')}</button>
        </div>
      </div>
    </div>
  );
}
