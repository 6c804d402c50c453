import type { Keep } from 'web-shared/keep.ts';
import { SESSION_KEY } from '../embed.ts';

const CONSENT_KEY = 'frontdesk:consent';

interface Kept {
  token?: string;
  /** The conversation that `seen` counts in. */
  conversation?: string;
  seen?: number;
  draft?: string;
  isMuted?: boolean;
}

/** What this device remembers of the visitor. Nothing is written before `begin`. */
export class Session {
  #kept: Kept = {};
  #isKept = false;

  constructor(private readonly keep: Keep) {
    try {
      this.#kept = { ...JSON.parse(keep.getItem(SESSION_KEY) ?? '') };
      this.#isKept = true;
    } catch {
      // Nothing of ours: a new visitor.
    }
  }

  get token(): string | undefined {
    return this.#kept.token;
  }

  get draft(): string {
    return this.#kept.draft ?? '';
  }

  get isMuted(): boolean {
    return this.#kept.isMuted ?? false;
  }

  get isEmpty(): boolean {
    return !this.#isKept;
  }

  /** The notice that the visitor has agreed to. */
  get consent(): string | undefined {
    return this.keep.getItem(CONSENT_KEY) ?? undefined;
  }

  agree(notice: string): void {
    this.keep.setItem(CONSENT_KEY, notice);
  }

  seenIn(conversation: string | null): number {
    return conversation !== null && this.#kept.conversation === conversation ? this.#kept.seen ?? 0 : 0;
  }

  update(changes: Kept): void {
    this.#kept = { ...this.#kept, ...changes };
    if (this.#isKept) this.keep.setItem(SESSION_KEY, JSON.stringify(this.#kept));
  }

  /** The visitor has written something: from here on it is kept. */
  begin(changes: Kept = {}): void {
    this.#isKept = true;
    this.update(changes);
  }

  /** The server does not know the token any more. */
  forgetToken(): void {
    this.#kept.token = undefined;
  }

  forget(): void {
    this.#kept = {};
    this.#isKept = false;
    this.keep.removeItem(SESSION_KEY);
    this.keep.removeItem(CONSENT_KEY);
  }
}
