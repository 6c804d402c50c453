import css from './loader.css?inline';

export const NAME = 'frontdesk-widget';

const BUBBLE = 'M4 4h16v13h-8l-5 4v-4H4zM8 9h8M8 13h5';
const HTML = 'http://www.w3.org/1999/xhtml';
const SVG = 'http://www.w3.org/2000/svg';

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
  const root = element.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  const wrapper = add(root, 'div', { class: 'fd-root' });
  const launcher = add(wrapper, 'button', { class: 'launcher', popover: 'manual', 'aria-label': label, 'aria-haspopup': 'dialog', 'aria-expanded': 'false' });
  add(add(launcher, 'svg', { viewBox: '0 0 24 24' }, SVG), 'path', { d: BUBBLE }, SVG);
  const badge = add(launcher, 'span', { class: 'badge' });
  return { element, root, wrapper, launcher: launcher as HTMLButtonElement, badge };
}

function add(parent: Node, tag: string, attributes: Record<string, string>, space = HTML): HTMLElement {
  const element = document.createElementNS(space, tag) as HTMLElement;
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  return parent.appendChild(element);
}
