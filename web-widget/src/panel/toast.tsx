import type { WidgetTranslator } from 'web-shared/i18n/widget-texts.ts';
import type { ErrorFrame } from 'web-shared/protocol/frames.ts';
import type { AppProps } from './app.ts';
import { Icon } from './icons.tsx';

/** Says what did not work. */
export function Toast({ app: { ui, i18n } }: AppProps) {
  const { error } = ui.state;
  return (
    <div class="toast-place" role="alert">
      {error && (
        <div class="toast">
          <Icon name="warning" size="s" />
          <span>{errorText(error, i18n)}</span>
          <button class="icon" type="button" aria-label={i18n.t('close')} onClick={() => ui.set({ error: undefined })}>
            <Icon name="close" size="s" />
          </button>
        </div>
      )}
    </div>
  );
}

export function errorText(error: ErrorFrame, { t }: WidgetTranslator): string {
  if (error.code === 'rate_limited') return t('tooFast', { n: Math.ceil(error.retry_after_s ?? 5) });
  return t(error.code === 'message_too_long' ? 'tooLong' : 'failed');
}
