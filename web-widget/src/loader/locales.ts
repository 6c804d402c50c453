import { chooseLocale } from 'web-shared/i18n/translator.ts';
import type { LocaleTexts } from '../embed.ts';

/** Written in by the build: tag → hash of the locale's file, and the launcher's own two texts. */
declare const __LOCALES__: Record<string, [hash: string, help: string, loadFailed: string]>;

export function localeTag(wanted: string | undefined): string {
  const page = document.documentElement.lang;
  const tags = [wanted, page, ...navigator.languages].filter((tag) => tag !== undefined && tag !== '') as string[];
  return chooseLocale(tags, Object.keys(__LOCALES__), 'en');
}

export function launcherTexts(tag: string): { help: string; loadFailed: string } {
  const [, help, loadFailed] = __LOCALES__[tag]!;
  return { help, loadFailed };
}

export async function loadTexts(server: string, tag: string): Promise<LocaleTexts> {
  const url = `${server}widget/locale.${tag}.${__LOCALES__[tag]![0]}.js`;
  const module = await import(/* @vite-ignore */ url);
  return { locale: tag, texts: module.default };
}
