import type { WidgetElement } from '../embed.ts';
import css from './loader.css?inline';

const NAME = 'frontdesk-widget';
/** A page that removes the element this often wants it gone. */
const MOST_RETURNS = 20;

/** The element that everything is inside of; it returns when a page throws its body away. */
export class ChatWidget extends HTMLElement implements WidgetElement {
  onAttached?: () => void;
  isDestroyed = false;
  private returns = 0;

  connectedCallback(): void {
    this.onAttached?.();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected && !this.isDestroyed && this.returns++ < MOST_RETURNS) document.body.append(this);
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

export interface Launcher {
  button: HTMLButtonElement;
  badge: HTMLElement;
  failed: HTMLElement;
}

export function createLauncher(label: string): Launcher {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'launcher';
  button.setAttribute('aria-label', label);
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  const badge = document.createElement('span');
  badge.className = 'badge';
  const failed = document.createElement('span');
  failed.className = 'load-failed';
  failed.setAttribute('role', 'alert');
  button.append(
    icon('ask', 'M4 6.5A2.5 2.5 0 0 1 6.500 4h11A2.5 2.5 0 0 1 20 6.500v7.5a2.5 2.5 0 0 1-2.500 2.500H12l-4.500 4v-4h-1A2.5 2.5 0 0 1 4 14zM8 8.500h8M8 12h5'),
    icon('fold', 'M6 9.500l6 6 6-6'),
    badge,
    failed,
  );
  return { button, badge, failed };
}

function icon(name: string, path: string): SVGElement {
  const [svg, shape] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag)) as [SVGElement, SVGElement];
  svg.setAttribute('class', name);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}
