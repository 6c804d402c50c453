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

function textOf({ desk: { state: { events, settings } }, i18n, server }: App): string {
  return plainTranscript(events, settings?.bot_name ?? '', server, i18n);
}

/** Prints it from a window of its own: the page around the panel is not part of the conversation. */
export function printTranscript(app: App): void {
  const paper = open('');
  if (!paper) return;
  const { body } = paper.document;
  paper.document.title = app.desk.state.settings?.site ?? '';
  body.dir = app.i18n.direction;
  body.style.cssText = 'white-space:pre-wrap;font:14px/1.5 system-ui';
  body.textContent = textOf(app);
  paper.print();
}

export function downloadTranscript(app: App): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([textOf(app)], { type: 'text/plain;charset=utf-8' }));
  link.download = `${app.desk.state.settings?.site || 'conversation'}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
