import { chooseLocale } from 'web-shared/i18n/translator.ts';
import type { LocaleTexts } from '../embed.ts';

/** Written in by the build: each locale's word for help, and what the locales' files are named after. */
declare const __HELP__: Record<string, string>;
declare const __LOCALES_HASH__: string;

/** The best locale for what was asked for, the page and the browser, in this order. */
export function localeTag(wanted?: string): string {
  return chooseLocale([wanted, document.documentElement.lang, ...navigator.languages], Object.keys(__HELP__), 'en');
}

export function helpText(tag: string): string {
  return __HELP__[tag]!;
}

export async function loadTexts(server: string, tag: string): Promise<LocaleTexts> {
  const module = await import(/* @vite-ignore */ `${server}widget/locale.${tag}.${__LOCALES_HASH__}.js`);
  return { locale: tag, texts: module.default };
}
