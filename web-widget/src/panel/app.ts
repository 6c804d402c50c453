import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { WidgetTranslator } from 'web-shared/i18n/widget-texts.ts';
import type { Desk } from './desk.ts';
import type { Ui } from './ui.ts';

/** What every component may use. */
export interface App {
  desk: Desk;
  ui: Ui;
  i18n: WidgetTranslator;
  server: string;
}

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('outside of the app');
  return app;
}
