import { Component, createRef } from 'preact';
import { isPhone, PHONE, type AppProps } from './app.ts';
import { Consent } from './consent.tsx';
import { Conversation } from './conversation.tsx';
import { Home } from './home.tsx';
import { Reader } from './reader.tsx';

/** The panel's frame: in the top layer, beside the page on desktops and over it on phones. */
export class Window extends Component<AppProps> {
  readonly #ref = createRef<HTMLDialogElement>();
  readonly #phone = matchMedia(PHONE);

  override componentDidMount(): void {
    this.#phone.addEventListener('change', this.#showAgain);
    visualViewport?.addEventListener('resize', this.#fit);
    visualViewport?.addEventListener('scroll', this.#fit);
    this.componentDidUpdate();
  }

  override componentDidUpdate(): void {
    const dialog = this.#ref.current!;
    const { isOpen } = this.props.app.ui.state;
    if (isOpen !== isShown(dialog)) this.#showAgain();
    if (isOpen) this.#moveFocus(dialog);
  }

  override componentWillUnmount(): void {
    this.#phone.removeEventListener('change', this.#showAgain);
    visualViewport?.removeEventListener('resize', this.#fit);
    visualViewport?.removeEventListener('scroll', this.#fit);
  }

  override render({ app }: AppProps) {
    const { isOpen, screen } = app.ui.state;
    const Screen = !app.mayConnect ? Consent : { home: Home, conversation: Conversation, article: Reader }[screen];
    const site = app.desk.state.settings?.site;
    return (
      <dialog
        ref={this.#ref}
        class="panel"
        popover="manual"
        tabIndex={-1}
        role="dialog"
        aria-label={site ? app.i18n.t('helpOf', { site }) : app.i18n.t('help')}
        onKeyDown={this.#onKeyDown}
        onCancel={this.#onCancel}
      >
        {isOpen && <Screen app={app} />}
      </dialog>
    );
  }

  readonly #showAgain = () => {
    const dialog = this.#ref.current!;
    if (dialog.open) dialog.close();
    else if (isShown(dialog)) dialog.hidePopover();
    if (!this.props.app.ui.state.isOpen) return;
    if (this.#phone.matches) dialog.showModal();
    else dialog.showPopover();
    // A panel that opens by itself leaves the focus to the page.
    if (!this.props.app.ui.state.focus) dialog.querySelector<HTMLElement>(':focus')?.blur();
    this.#fit();
  };

  /** Keeps the input above a phone's keyboard. */
  readonly #fit = () => {
    const { height, offsetTop } = visualViewport!;
    this.#ref.current!.style.setProperty('--fd-height', `${height}px`);
    this.#ref.current!.style.setProperty('--fd-top', `${offsetTop}px`);
  };

  readonly #onKeyDown = (key: KeyboardEvent) => {
    if (key.key !== 'Escape' || key.isComposing) return;
    key.preventDefault();
    this.#leave();
  };

  /** Phones close dialogs by a gesture of their own. */
  readonly #onCancel = (cancel: Event) => {
    cancel.preventDefault();
    this.#leave();
  };

  /** Leaves what is innermost. */
  #leave(): void {
    const { app } = this.props;
    if (app.ui.state.isMenuOpen) app.ui.set({ isMenuOpen: false, focus: 'screen' });
    else app.close();
  }

  #moveFocus(dialog: HTMLDialogElement): void {
    const { ui } = this.props.app;
    const { focus } = ui.state;
    if (!focus) return;
    const input = dialog.querySelector<HTMLElement>('[data-focus]');
    if (input && (focus === 'input' || !isPhone())) input.focus();
    else dialog.focus();
    ui.set({ focus: undefined });
  }
}

function isShown(dialog: HTMLDialogElement): boolean {
  return dialog.open || dialog.matches(':popover-open');
}
