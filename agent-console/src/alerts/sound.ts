import { signal } from '@preact/signals';

import { soundIsOn } from '../stores/preferences.ts';

/** Two rising notes for somebody who waits, one low one for a message. */
const NOTES_HZ = { waiting: [660, 880], message: [520] } as const;
const NOTE_S = 0.16;
const LOUDNESS = 0.07;

export type Sound = keyof typeof NOTES_HZ;

/** Browsers let a page sound only after a click or a key in it. */
export const soundIsReady = signal(false);

let audio: AudioContext | undefined;
let isTheTabThatPlays = false;

/** The first gesture prepares the sound; of many tabs one plays. */
export function prepareSound(): void {
  const prepare = () => void wake();
  window.addEventListener('pointerdown', prepare, { once: true });
  window.addEventListener('keydown', prepare, { once: true });
  claimTheSound();
}

export function playSound(sound: Sound): void {
  if (soundIsOn.value && isTheTabThatPlays) play(sound);
}

/** Plays from a click, whatever the settings say; false when this browser cannot. */
export async function testSound(): Promise<boolean> {
  await wake();
  play('waiting');
  return soundIsReady.value;
}

async function wake(): Promise<void> {
  audio ??= 'AudioContext' in window ? new AudioContext() : undefined;
  await audio?.resume().catch(() => {});
  soundIsReady.value = audio?.state === 'running';
}

function play(sound: Sound): void {
  const context = audio;
  if (context?.state !== 'running') return;
  NOTES_HZ[sound].forEach((frequency, index) => playNote(context, frequency, context.currentTime + index * NOTE_S));
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
