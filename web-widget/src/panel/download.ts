import { safeHref } from 'web-shared/links.ts';
import { clockTime } from 'web-shared/time.ts';
import type { WidgetTranslator } from 'web-shared/i18n/widget-texts.ts';
import type { EventFrame } from 'web-shared/protocol/frames.ts';
import type { App } from './app.ts';

/** The conversation as plain text. */
export function plainTranscript(
  events: readonly EventFrame[],
  botName: string,
  server: string,
  { t, locale }: WidgetTranslator,
): string {
  const lines: string[] = [];
  for (const event of events) {
    if (event.kind !== 'message') continue;
    const at = new Date(event.at);
    const name = event.author.kind === 'visitor' ? t('you') : event.author.name ?? botName;
    const sources = (event.sources ?? []).map(({ title, url }) => `  ${title}: ${safeHref(url, server) ?? ''}`);
    lines.push(`[${at.toLocaleDateString(locale)} ${clockTime(at, locale)}] ${name}: ${event.text}`, ...sources);
  }
  return `${lines.join('\n')}\n`;
}

export function downloadTranscript({ desk, i18n, server }: App): void {
  const { events, settings } = desk.state;
  const text = plainTranscript(events, settings?.bot_name ?? '', server, i18n);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  link.download = `${settings?.site ?? 'conversation'}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
