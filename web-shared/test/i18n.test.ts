import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chooseLocale, translator, type Text, type Texts } from '../src/i18n/translator.ts';
import english from '../src/i18n/locales/en.json';

const FOLDER = 'src/i18n/locales';
const locales = readdirSync(FOLDER).map((file) => file.replace('.json', ''));

function load(locale: string): Texts<string> {
  return JSON.parse(readFileSync(`${FOLDER}/${locale}.json`, 'utf8'));
}

const forms = (text: Text) => (typeof text === 'string' ? [text] : Object.values(text));
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

describe.each(locales)('%s', (locale) => {
  const texts = load(locale);

  it('has every text of English and no other', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  });

  it('has exactly the plural forms of its language', () => {
    const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories.toSorted();
    for (const [key, text] of Object.entries(texts)) {
      expect(typeof text, key).toBe(typeof english[key as keyof typeof english]);
      if (typeof text !== 'string') expect(Object.keys(text).sort(), key).toEqual(categories);
    }
  });

  it('fills in the same values as English', () => {
    for (const [key, text] of Object.entries(texts)) {
      const expected = new Set(forms(english[key as keyof typeof english]).flatMap(placeholders));
      for (const name of forms(text).flatMap(placeholders)) expect([...expected], key).toContain(name);
    }
  });

  it('keeps the copy style', () => {
    for (const [key, text] of Object.entries(texts)) {
      for (const form of forms(text)) {
        expect(form, key).not.toMatch(/[!¡…]|\.\.\.|\p{Extended_Pictographic}/u);
        expect(form.trim(), key).toBe(form);
        expect(form, key).not.toBe('');
      }
    }
  });
});

describe('translator', () => {
  const { t, list, direction } = translator('en', english);

  it('fills in values and chooses the plural form', () => {
    expect(t('messageTo', { name: 'Maya' })).toBe('Message Maya');
    expect(t('browse', { n: 84 })).toBe('Browse all 84 articles');
    expect(t('kept', { n: 1 })).toBe('Conversations are kept for 1 day.');
    expect(translator('de', load('de') as typeof english).t('kept', { n: 1000 })).toBe('Gespräche werden 1.000 Tage aufbewahrt.');
  });

  it('knows lists and direction', () => {
    expect(list(['a', 'b', 'c'])).toBe('a, b, and c');
    expect(direction).toBe('ltr');
    expect(translator('ar-EG', english).direction).toBe('rtl');
  });

  it('shows every text through t: a pseudo-locale leaves no English', () => {
    const pseudo = Object.fromEntries(Object.keys(english).map((key) => [key, `⟦${key}⟧`])) as never;
    const { t: pseudoT } = translator<keyof typeof english>('en', pseudo);
    for (const key of Object.keys(english)) expect(pseudoT(key as keyof typeof english, { n: 2 })).toBe(`⟦${key}⟧`);
  });
});

it('chooses the closest locale', () => {
  const offered = ['en', 'de', 'es', 'pt-br'];
  expect(chooseLocale(['de-AT', 'en'], offered, 'en')).toBe('de');
  expect(chooseLocale([undefined, '', 'pt-BR'], offered, 'en')).toBe('pt-br');
  expect(chooseLocale(['xx', 'es-MX'], offered, 'en')).toBe('es');
  expect(chooseLocale([], offered, 'en')).toBe('en');
});
