import { soundIsOn } from '../stores/preferences.ts';

const NOTES_HZ = [660, 880];
const NOTE_S = 0.16;
const LOUDNESS = 0.07;

let audio: AudioContext | undefined;
let isTheTabThatPlays = false;

/** Browsers allow sound after a gesture only, so the first one prepares it; of many tabs one plays. */
export function prepareSound(): void {
  const prepare = () => {
    audio ??= 'AudioContext' in window ? new AudioContext() : undefined;
    void audio?.resume();
  };
  window.addEventListener('pointerdown', prepare, { once: true });
  window.addEventListener('keydown', prepare, { once: true });
  claimTheSound();
}

/** Two soft notes. */
export function playWaitingSound(): void {
  if (!soundIsOn.value || !isTheTabThatPlays || audio?.state !== 'running') return;
  NOTES_HZ.forEach((frequency, index) => playNote(audio!, frequency, audio!.currentTime + index * NOTE_S));
}

function playNote(context: AudioContext, frequency: number, start: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE_S * 2);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + NOTE_S * 2);
}

function claimTheSound(): void {
  // Pages without TLS have no locks; there every tab plays.
  if (!navigator.locks) {
    isTheTabThatPlays = true;
    return;
  }
  void navigator.locks.request('frontdesk.console.sound', () => {
    isTheTabThatPlays = true;
    return new Promise(() => {});
  });
}
