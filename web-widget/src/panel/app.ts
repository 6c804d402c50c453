import type { WidgetTranslator } from 'web-shared/i18n/widget-texts.ts';
import type { Desk } from './desk.ts';
import type { Ui } from './ui.ts';

/** What every component may use. */
export interface App {
  readonly desk: Desk;
  readonly ui: Ui;
  readonly i18n: WidgetTranslator;
  /** Where relative addresses count from. */
  readonly server: string;
  readonly unread: number;
  /** The site's page about privacy. */
  readonly privacy: string | undefined;
  isMuted: boolean;
  /** False as long as consent is wanted and not given. */
  readonly mayConnect: boolean;
  ask(text: string, article?: string): void;
  close(): void;
  /** Shows an article inside the panel. */
  read(article: string): void;
  /** Goes on to the conversation; people see which article was open. */
  askAbout(): void;
  consent(isGiven: boolean): void;
  /** Forgets the visitor on this device. */
  reset(): void;
}

export interface AppProps {
  app: App;
}

/** Where the panel covers the page. */
export const PHONE = '(max-width: 480px), (max-height: 500px)';

export function isPhone(): boolean {
  return matchMedia(PHONE).matches;
}
