import type { Keep } from 'web-shared/keep.ts';
import { SESSION_KEY } from '../embed.ts';

interface Kept {
  token?: string;
  /** The conversation that `seen` counts in. */
  conversation?: string;
  seen?: number;
  draft?: string;
}

/** What this device remembers of the visitor. Nothing is written before `begin`. */
export class Session {
  #kept: Kept = {};
  #isKept: boolean;

  constructor(private readonly keep: Keep) {
    this.#isKept = keep.getItem(SESSION_KEY) !== null;
    this.reload();
  }

  get token(): string | undefined {
    return this.#kept.token;
  }

  get draft(): string {
    return this.#kept.draft ?? '';
  }

  get isEmpty(): boolean {
    return !this.#isKept;
  }

  seenIn(conversation: string | null): number {
    return conversation !== null && this.#kept.conversation === conversation ? this.#kept.seen ?? 0 : 0;
  }

  update(changes: Kept): void {
    this.#kept = { ...this.#kept, ...changes };
    if (this.#isKept) this.#write();
  }

  /** The visitor has written something: from here on it is kept. */
  begin(): void {
    this.#isKept = true;
    this.#write();
  }

  /** The server does not know the token any more. */
  forgetToken(): void {
    this.#kept.token = undefined;
  }

  forget(): void {
    this.#kept = {};
    this.#isKept = false;
    this.keep.removeItem(SESSION_KEY);
  }

  /** Takes over what another tab has written. */
  reload(): void {
    try {
      const kept: unknown = JSON.parse(this.keep.getItem(SESSION_KEY) ?? 'null');
      if (typeof kept !== 'object' || kept === null) return;
      this.#kept = kept;
      this.#isKept = true;
    } catch {
      // Not ours or broken: begin anew.
    }
  }

  #write(): void {
    this.keep.setItem(SESSION_KEY, JSON.stringify(this.#kept));
  }
}
