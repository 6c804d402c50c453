import type { ErrorFrame } from 'web-shared/protocol/frames.ts';
import { useApp } from './app.ts';
import { Icon } from './icons.tsx';
import type { WidgetTranslator } from 'web-shared/i18n/widget-texts.ts';

/** Says what did not work. */
export function Toast() {
  const { ui, i18n } = useApp();
  return (
    <div class="toast-place" role="alert">
      {ui.error && (
        <div class="toast">
          <Icon name="warning" class="s" />
          <span>{errorText(ui.error, i18n)}</span>
          <button class="icon" type="button" aria-label={i18n.t('close')} onClick={() => ui.showError(undefined)}>
            <Icon name="close" class="s" />
          </button>
        </div>
      )}
    </div>
  );
}

export function errorText(error: ErrorFrame, { t }: WidgetTranslator): string {
  if (error.code === 'rate_limited') return t('tooFast', { n: Math.ceil(error.retry_after_s ?? 5) });
  if (error.code === 'message_too_long') return t('tooLong');
  return t('failed');
}
