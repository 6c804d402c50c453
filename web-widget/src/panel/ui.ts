import type { ErrorFrame } from 'web-shared/protocol/frames.ts';
import type { ArticleTitle, Reading } from './articles.ts';

export interface UiState {
  isOpen: boolean;
  screen: 'home' | 'conversation' | 'article';
  /** What stands in the input of the conversation, and in that of the home screen. */
  draft: string;
  question: string;
  /** What the search found for `question`. */
  found?: ArticleTitle[];
  /** The article that is read, once it is there, and where the way back leads. */
  reading?: Reading;
  readFrom: 'home' | 'conversation';
  /** The article did not come. */
  isUnread: boolean;
  isMenuOpen: boolean;
  isForgetting: boolean;
  /** The visitor writes on in a conversation that has ended. */
  isContinuing: boolean;
  score?: number;
  /** The rating was put aside, or is to be given once more. */
  isRatingAside: boolean;
  isRatingAgain: boolean;
  /** The visitor would rather leave a message than wait. */
  isLeaving: boolean;
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
  found: undefined,
  reading: undefined,
  readFrom: 'home',
  isUnread: false,
  isMenuOpen: false,
  isForgetting: false,
  isContinuing: false,
  score: undefined,
  isRatingAside: false,
  isRatingAgain: false,
  isLeaving: false,
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
