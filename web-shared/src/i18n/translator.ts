/** A text, or its plural forms by the categories of `Intl.PluralRules`. */
export type Text = string | Readonly<Record<string, string>>;
export type Texts<Key extends string> = Readonly<Record<Key, Text>>;
export type Values = Readonly<Record<string, string | number>>;

/** The texts of one locale, with what `Intl` knows of it. */
export interface Translator<Key extends string> {
  locale: string;
  direction: 'ltr' | 'rtl';
  /** The text with its `{names}` filled in; `n` chooses the plural form. */
  t(key: Key, values?: Values): string;
  list(items: readonly string[]): string;
  number(value: number): string;
}

const RIGHT_TO_LEFT = ['ar', 'fa', 'he', 'ur'];

export function translator<Key extends string>(locale: string, texts: Texts<Key>): Translator<Key> {
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale);
  const show = (value: string | number) => (typeof value === 'number' ? numbers.format(value) : value);
  const form = (text: Text, n: number) => (typeof text === 'string' ? text : text[plurals.select(n)] ?? text.other ?? '');
  return {
    locale,
    direction: RIGHT_TO_LEFT.includes(language(locale)) ? 'rtl' : 'ltr',
    t: (key, values = {}) =>
      form(texts[key], Number(values.n ?? 0)).replace(/\{(\w+)\}/g, (_, name: string) => show(values[name] ?? '')),
    list: (items) => lists.format(items),
    number: (value) => numbers.format(value),
  };
}

/** The best of the locales on offer (in small letters) for the ones that are wanted, best first. */
export function chooseLocale(wanted: readonly (string | undefined)[], offered: readonly string[], fallback: string): string {
  const tags = wanted.flatMap((tag = '') => [tag.toLowerCase(), language(tag)]);
  return tags.find((tag) => offered.includes(tag)) ?? fallback;
}

/** The tag without region and script: `pt` of `pt-BR`. */
export function language(tag: string): string {
  return tag.toLowerCase().split('-')[0]!;
}
