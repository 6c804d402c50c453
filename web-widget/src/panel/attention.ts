const LOCK = 'frontdesk';
/** Two notes, in Hz. */
const NOTES = [660, 880];
const NOTE = 0.12;

/** Draws the visitor back to the page: a sound and the page's title, in one of the site's tabs only. */
export class Attention {
  #isSpeaker = !navigator.locks;
  #title: string | undefined;

  constructor() {
    // Whoever holds the lock keeps it until its page is left; then the next tab gets it.
    navigator.locks?.request(LOCK, () => ((this.#isSpeaker = true), new Promise(() => {}))).catch(() => {});
    document.addEventListener('visibilitychange', this.rest);
  }

  call(unread: number, isMuted: boolean): void {
    if (!this.#isSpeaker) return;
    if (!isMuted && navigator.userActivation?.hasBeenActive) blip();
    if (!document.hidden) return;
    this.#title ??= document.title;
    document.title = `(${unread}) ${this.#title}`;
  }

  readonly rest = (): void => {
    if (document.hidden || this.#title === undefined) return;
    document.title = this.#title;
    this.#title = undefined;
  };
}

function blip(): void {
  const context = new AudioContext();
  NOTES.forEach((frequency, index) => {
    const oscillator = context.createOscillator();
    const gain = context.createGain();
    const at = context.currentTime + index * NOTE;
    oscillator.frequency.value = frequency;
    gain.gain.setValueAtTime(0.08, at);
    gain.gain.exponentialRampToValueAtTime(0.001, at + NOTE * 2);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(at);
    oscillator.stop(at + NOTE * 2);
  });
}
