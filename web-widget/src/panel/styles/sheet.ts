import tokens from 'web-shared/tokens.css?inline';
import base from './base.css?inline';
import cards from './cards.css?inline';
import composer from './composer.css?inline';
import home from './home.css?inline';
import log from './log.css?inline';
import panel from './panel.css?inline';
import teaser from './teaser.css?inline';
import touch from './touch.css?inline';

/** All of the panel's styles; a constructed sheet, since host pages may forbid style elements. */
export function panelSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync([tokens, base, panel, home, log, cards, composer, teaser, touch].join(''));
  return sheet;
}
