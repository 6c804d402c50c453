import css from './loader.css?inline';

export const NAME = 'frontdesk-widget';

const BUBBLE = 'M6 4h12a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 9h8M8 13h5';

export interface Parts {
  element: HTMLElement;
  root: ShadowRoot;
  wrapper: HTMLElement;
  launcher: HTMLButtonElement;
  badge: HTMLElement;
}

/** The element that everything is inside of, with the launcher in it. */
export function createParts(label: string): Parts {
  const element = document.createElement(NAME);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  const root = element.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [sheet];
  const wrapper = html('div', { class: 'fd-root' });
  const launcher = html('button', { class: 'launcher', popover: 'manual', 'aria-label': label, 'aria-haspopup': 'dialog', 'aria-expanded': 'false' });
  const badge = html('span', { class: 'badge' });
  const icon = svg('svg', { viewBox: '0 0 24 24' });
  icon.append(svg('path', { d: BUBBLE }));
  launcher.append(icon, badge);
  wrapper.append(launcher);
  root.append(wrapper);
  return { element, root, wrapper, launcher, badge };
}

function html<T extends keyof HTMLElementTagNameMap>(tag: T, attributes: Record<string, string>): HTMLElementTagNameMap[T] {
  return withAttributes(document.createElement(tag), attributes);
}

function svg(tag: string, attributes: Record<string, string>): Element {
  return withAttributes(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes);
}

function withAttributes<E extends Element>(element: E, attributes: Record<string, string>): E {
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  return element;
}
