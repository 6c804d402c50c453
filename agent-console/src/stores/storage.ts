import { effect, signal, type Signal } from '@preact/signals';
import { keepIn } from 'web-shared/keep.ts';

const PREFIX = 'frontdesk.console.';

/** The browser's storage, or memory where it is forbidden. */
export const keep = keepIn('localStorage');

export function readStored(key: string): string | null {
  return keep.getItem(PREFIX + key);
}

/** Keeps a text; `null` removes it. */
export function writeStored(key: string, value: string | null): void {
  if (value === null) keep.removeItem(PREFIX + key);
  else keep.setItem(PREFIX + key, value);
}

/** The stored keys that begin with `start`, without our prefix. */
export function storedKeys(start: string): string[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(PREFIX + start))
      .map((key) => key.slice(PREFIX.length));
  } catch {
    return [];
  }
}

/** A signal that survives a reload. `isValid` guards against what an older version stored. */
export function storedSignal<T>(key: string, initial: T, isValid: (value: unknown) => boolean): Signal<T> {
  const stored = parse(readStored(key));
  const kept = signal<T>(isValid(stored) ? (stored as T) : initial);
  effect(() => writeStored(key, JSON.stringify(kept.value)));
  return kept;
}

function parse(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
