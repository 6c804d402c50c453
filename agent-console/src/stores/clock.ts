import { signal } from '@preact/signals';

/** The present, in milliseconds: one clock for every timer on the screen. */
export const now = signal(Date.now());

/** Lets the clock tick once a second while the page is visible; returns how to stop it. */
export function startClock(): () => void {
  const tick = () => {
    if (!document.hidden) now.value = Date.now();
  };
  const timer = setInterval(tick, 1000);
  document.addEventListener('visibilitychange', tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}
