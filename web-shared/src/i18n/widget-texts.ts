import type english from './locales/en.json';
import type { Texts, Translator } from './translator.ts';

/** The names of the widget's texts; `en.json` is where a new one begins. */
export type TextKey = keyof typeof english;
export type WidgetTexts = Texts<TextKey>;
export type WidgetTranslator = Translator<TextKey>;
