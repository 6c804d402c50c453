import type { WidgetElement } from '../embed.ts';
import css from './loader.css?inline';

export const NAME = 'frontdesk-widget';
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
  const svg = withAttributes(svgElement('svg'), { viewBox: '0 0 24 24' });
  svg.append(withAttributes(svgElement('path'), { d: 'M6 4h12a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-6l-5 4v-4H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM8 9h8M8 13h5' }));
  const button = withAttributes(document.createElement('button'), {
    class: 'launcher',
    popover: 'manual',
    'aria-label': label,
    'aria-haspopup': 'dialog',
    'aria-expanded': 'false',
  });
  button.append(svg, badge);
  return button;
}

function svgElement(tag: string): Element {
  return document.createElementNS('http://www.w3.org/2000/svg', tag);
}

function withAttributes<E extends Element>(element: E, attributes: Record<string, string>): E {
  for (const name in attributes) element.setAttribute(name, attributes[name]!);
  return element;
}
