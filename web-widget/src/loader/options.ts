import type { EmbedOptions, Theme } from '../embed.ts';

/** Puts the script tag's data-attributes on the wrapper, and gives those that the panel needs. */
export function applyOptions(data: DOMStringMap, wrapper: HTMLElement, launcher: HTMLElement): EmbedOptions {
  const [x, y] = (data.offset ?? '').split(',');
  setLength(wrapper, '--fd-x', x);
  setLength(wrapper, '--fd-y', y);
  if (Number(data.z)) wrapper.style.setProperty('--fd-z', data.z!);
  if (data.position === 'left') wrapper.dataset.position = 'left';
  launcher.hidden = data.launcher === 'off';
  applyTheme(data.theme as Theme, wrapper);
  return { theme: data.theme as Theme, ...(data.locale && { locale: data.locale }) };
}

/** A page that has only one scheme decides; else the system does. */
export function applyTheme(theme: Theme | undefined, wrapper: HTMLElement): void {
  const isFixed = theme === 'light' || theme === 'dark';
  wrapper.dataset.theme = isFixed ? theme : getComputedStyle(document.documentElement).colorScheme;
}

function setLength(wrapper: HTMLElement, name: string, pixels: string | undefined): void {
  if (Number(pixels)) wrapper.style.setProperty(name, `${pixels}px`);
}
