import type { WidgetTexts } from 'web-shared/i18n/widget-texts.ts';

/** What a page may call: `frontdesk('ask', 'Where is my order?')`. */
export type Call = [name: string, ...args: unknown[]];

export type Theme = 'auto' | 'light' | 'dark';

/** What the loader hands to the panel. */
export interface Embed {
  root: ShadowRoot;
  /** Carries theme, direction and language; launcher and panel are inside. */
  wrapper: HTMLElement;
  launcher: HTMLButtonElement;
  badge: HTMLElement;
  /** The address that `widget.js` came from. */
  server: string;
  texts(locale?: string): Promise<LocaleTexts>;
  /** Tells the page's listeners. */
  emit(name: EmbedEvent, detail?: unknown): void;
}

export interface LocaleTexts {
  locale: string;
  texts: WidgetTexts;
}

export type EmbedEvent = 'ready' | 'open' | 'close' | 'message' | 'unread' | 'handover' | 'resolved' | 'rated' | 'error';

/** What `panel.<hash>.js` exports. */
export interface PanelModule {
  start(embed: Embed, texts: LocaleTexts): (call: Call) => void;
}

/** Where token and conversation are kept; the loader connects at once when something is there. */
export const SESSION_KEY = 'frontdesk:session';
