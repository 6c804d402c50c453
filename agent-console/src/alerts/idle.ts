import { setAvailability } from '../commands.ts';
import { availability } from '../stores/presence.ts';
import { showToast } from '../stores/toasts.ts';

const AWAY_AFTER_MS = 10 * 60_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Who touches nothing for ten minutes is away, so that no visitor waits for an empty chair; returns how to stop. */
export function startIdleWatch(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wasSetAway = false;
  const sleep = () => {
    if (availability.peek() !== 'online') return;
    wasSetAway = true;
    setAvailability('away');
  };
  const stir = () => {
    clearTimeout(timer);
    timer = setTimeout(sleep, AWAY_AFTER_MS);
    if (!wasSetAway) return;
    wasSetAway = false;
    if (availability.peek() !== 'away') return;
    setAvailability('online');
    showToast('You were away for ten minutes, and are online again.');
  };
  stir();
  for (const sign of SIGNS) window.addEventListener(sign, stir, { passive: true });
  return () => {
    clearTimeout(timer);
    for (const sign of SIGNS) window.removeEventListener(sign, stir);
  };
}
