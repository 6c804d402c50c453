import type { Theme } from '../embed.ts';

/** Puts what the script tag's data-attributes say on wrapper and launcher. */
export function applyOptions(data: DOMStringMap, wrapper: HTMLElement, launcher: HTMLElement): void {
  const [x, y] = (data.offset ?? '').split(',');
  const numbers = { '--fd-x': x && `${x}px`, '--fd-y': y && `${y}px`, '--fd-z': data.z };
  for (const [name, value] of Object.entries(numbers)) if (value) wrapper.style.setProperty(name, value);
  wrapper.dataset.position = data.position;
  launcher.hidden = data.launcher === 'off';
  applyTheme(data.theme as Theme, wrapper);
}

/** Light or dark: what the site asks for, else what its page is in, else what the system is in. */
export function applyTheme(theme: Theme | undefined, wrapper: HTMLElement): void {
  const page = getComputedStyle(document.documentElement).colorScheme;
  wrapper.style.colorScheme = theme === 'light' || theme === 'dark' ? theme : page.replace('normal', '');
}
