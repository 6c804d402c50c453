import type { ErrorFrame } from 'web-shared/protocol/frames.ts';

export type Screen = 'home' | 'conversation';

/** What is on the screen that the server knows nothing of. */
export class Ui {
  isOpen = false;
  screen: Screen = 'home';
  error: ErrorFrame | undefined;
  draft: string;
  isForgetting = false;
  /** Grows whenever the input should have the focus. */
  focusWish = 0;
  private cancelError = () => {};

  constructor(
    private readonly options: {
      draft: string;
      after: (milliseconds: number, callback: () => void) => () => void;
      onDraft: (draft: string) => void;
      onChange: () => void;
    },
  ) {
    this.draft = options.draft;
  }

  show(screen: Screen): void {
    this.screen = screen;
    this.options.onChange();
  }

  setDraft(draft: string): void {
    this.draft = draft;
    this.options.onDraft(draft);
    this.options.onChange();
  }

  focusInput(): void {
    this.focusWish += 1;
    this.options.onChange();
  }

  askToForget(isForgetting: boolean): void {
    this.isForgetting = isForgetting;
    this.options.onChange();
  }

  showError(error: ErrorFrame | undefined): void {
    this.cancelError();
    this.error = error;
    const lasts = Math.max(6, Math.min(error?.retry_after_s ?? 0, 15));
    if (error) this.cancelError = this.options.after(lasts * 1000, () => this.showError(undefined));
    this.options.onChange();
  }
}
