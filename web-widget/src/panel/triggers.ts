import { keepIn } from 'web-shared/keep.ts';
import { onPageChange } from './page-change.ts';
import type { Panel } from './panel.ts';

/** On which pages the widget speaks first, after how long, and what it says. */
interface Trigger {
  url: string;
  seconds: number;
  text: string;
}

const QUIET_KEY = 'frontdesk:quiet';

/** Speaks once on a page, until the visitor opens the widget or does not want to hear more. */
export class Triggers {
  readonly #triggers: readonly Trigger[];
  readonly #quiet = keepIn('sessionStorage');
  readonly #endPageChange: () => void;
  #timers: ReturnType<typeof setTimeout>[] = [];
  #teaser: HTMLElement | undefined;

  constructor(private readonly panel: Panel) {
    this.#triggers = JSON.parse(panel.embed.wrapper.dataset.triggers ?? '[]');
    this.#endPageChange = onPageChange(() => this.#begin(0));
    // The panel's code came some time after the page.
    this.#begin(performance.now());
  }

  /** The visitor knows now. */
  rest(): void {
    if (this.#triggers.length > 0) this.#quiet.setItem(QUIET_KEY, 'yes');
    this.#hide();
  }

  end(): void {
    this.#hide();
    this.#endPageChange();
  }

  #begin(passed: number): void {
    this.#hide();
    if (this.#quiet.getItem(QUIET_KEY)) return;
    for (const { url, seconds, text } of this.#triggers) {
      if (fits(url, location.pathname)) this.#timers.push(setTimeout(() => this.#speak(text), seconds * 1000 - passed));
    }
  }

  #hide(): void {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
    this.#teaser?.remove();
    this.#teaser = undefined;
  }

  #speak(text: string): void {
    const { panel } = this;
    if (this.#teaser || panel.ui.state.isOpen || panel.desk.state.conversation) return;
    const teaser = document.createElement('div');
    teaser.className = 'teaser';
    teaser.popover = 'manual';
    teaser.setAttribute('role', 'status');
    const close = button('×', () => this.rest());
    close.setAttribute('aria-label', panel.i18n.t('close'));
    teaser.append(button(text, () => panel.open()), close);
    panel.embed.wrapper.append(teaser);
    teaser.showPopover();
    this.#teaser = teaser;
  }
}

/** Whether a path is what the pattern says; `*` stands for anything. */
export function fits(pattern: string, path: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(path);
}

function button(text: string, onclick: () => void): HTMLButtonElement {
  return Object.assign(document.createElement('button'), { type: 'button', textContent: text, onclick });
}
