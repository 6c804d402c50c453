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
        </div>
      )}
    </div>
  );
}

export function errorText(error: ErrorFrame, { t }: WidgetTranslator): string {
  if (error.code === 'rate_limited') return t('tooFast', { n: Math.ceil(error.retry_after_s ?? 5) });
  return t(error.code === 'message_too_long' ? 'tooLong' : 'failed');
}
