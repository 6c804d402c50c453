import type { WidgetElement } from '../embed.ts';
import css from './loader.css?inline';

const NAME = 'frontdesk-widget';
/** A page that removes the element this often wants it gone. */
const MOST_RETURNS = 20;

/**
 * The element that everything is inside of. Its launcher is in the top layer, out of reach of the page's stacking and
 * transforms; it returns when a page throws its body away.
 */
class ChatWidget extends HTMLElement implements WidgetElement {
  onAttached?: () => void;
  isDestroyed?: boolean;
  #returns = 0;

  connectedCallback(): void {
    this.shadowRoot?.querySelector<HTMLElement>('.launcher')?.showPopover();
    this.onAttached?.();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected && !this.isDestroyed && this.#returns++ < MOST_RETURNS) document.body.append(this);
    });
  }
}

export function createElement(): ChatWidget {
  if (!customElements.get(NAME)) customElements.define(NAME, ChatWidget);
  const element = document.createElement(NAME) as ChatWidget;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  element.attachShadow({ mode: 'open' }).adoptedStyleSheets = [sheet];
  return element;
}

export function createLauncher(label: string, badge: HTMLElement): HTMLButtonElement {
  const button = withAttributes(document.createElement('button'), {
    class: 'launcher',
    popover: 'manual',
    'aria-label': label,
    'aria-haspopup': 'dialog',
    'aria-expanded': 'false',
  });
  button.append(icon('ask', 'M6 4h12a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 9h8M8 13h5'), icon('fold', 'M6 10l6 6 6-6'), badge);
  return button;
}

function icon(name: string, path: string): SVGElement {
  const svg = withAttributes(svgElement('svg'), { class: name, viewBox: '0 0 24 24' });
  svg.append(withAttributes(svgElement('path'), { d: path }));
  return svg;
}

function svgElement(tag: string): SVGElement {
  return document.createElementNS('http://www.w3.org/2000/svg', tag) as SVGElement;
}

function withAttributes<E extends Element>(element: E, attributes: Record<string, string>): E {
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  return element;
}
