import type { Theme } from '../embed.ts';

/** Puts what the script tag's data-attributes say on wrapper and launcher; the styles ask for side and accent. */
export function applyOptions(data: DOMStringMap, wrapper: HTMLElement, launcher: HTMLElement): void {
  Object.assign(wrapper.dataset, data);
  const [x, y] = (data.offset ?? '').split(',');
  if (x) wrapper.style.setProperty('--fd-x', `${x}px`);
  if (y) wrapper.style.setProperty('--fd-y', `${y}px`);
  if (data.accent) wrapper.style.setProperty('--fd-accent', data.accent);
  launcher.hidden = data.launcher === 'off';
}

/** Light or dark: what the site asks for, else what its page is in, else what the system is in. */
export function applyTheme(theme: Theme | undefined, wrapper: HTMLElement): void {
  const page = getComputedStyle(document.documentElement).colorScheme;
  wrapper.style.colorScheme = theme === 'light' || theme === 'dark' ? theme : page.replace('normal', '');
}
