import type { ErrorFrame } from 'web-shared/protocol/frames.ts';

export interface UiState {
  isOpen: boolean;
  screen: 'home' | 'conversation';
  /** What stands in the input of the conversation, and in that of the home screen. */
  draft: string;
  question: string;
  isMenuOpen: boolean;
  isForgetting: boolean;
  /** The visitor writes on in a conversation that has ended. */
  isContinuing: boolean;
  score?: number;
  isEmailWrong: boolean;
  error?: ErrorFrame;
  /** Where the focus goes next: into the screen, or into its input even on a phone. */
  focus?: 'screen' | 'input';
}

export const closedUi: UiState = {
  isOpen: false,
  screen: 'home',
  draft: '',
  question: '',
  isMenuOpen: false,
  isForgetting: false,
  isContinuing: false,
  score: undefined,
  isEmailWrong: false,
  error: undefined,
  focus: undefined,
};

/** What is on the screen that the server knows nothing of. */
export class Ui {
  state: UiState = closedUi;

  constructor(private readonly onChange: (state: UiState) => void) {}

  set(changes: Partial<UiState>): void {
    this.state = { ...this.state, ...changes };
    this.onChange(this.state);
  }

  show(screen: UiState['screen']): void {
    this.set({ screen, focus: 'screen' });
  }
}
