const LEAST_PX = 70;
/** A swipe goes sideways at least twice as far as up or down. */
const FLATNESS = 2;
const SOONEST_MS = 700;
const WRITTEN_IN = 'input, textarea, select';

/** Calls `onBack` when a finger goes to the right over the page; returns how to stop. */
export function onSwipeBack(page: HTMLElement, onBack: () => void): () => void {
  let start: { x: number; y: number; at: number } | null = null;
  const begin = (event: TouchEvent) => {
    const [touch] = event.touches.length === 1 ? event.touches : [];
    start = touch && isFree(event.target) ? { x: touch.clientX, y: touch.clientY, at: event.timeStamp } : null;
  };
  const end = (event: TouchEvent) => {
    const touch = event.changedTouches[0];
    if (start && touch && isSwipe(touch.clientX - start.x, touch.clientY - start.y, event.timeStamp - start.at)) onBack();
    start = null;
  };
  page.addEventListener('touchstart', begin, { passive: true });
  page.addEventListener('touchend', end, { passive: true });
  return () => {
    page.removeEventListener('touchstart', begin);
    page.removeEventListener('touchend', end);
  };
}

export function isSwipe(x: number, y: number, ms: number): boolean {
  return x >= LEAST_PX && x >= Math.abs(y) * FLATNESS && ms <= SOONEST_MS;
}

/** What is written in, and what scrolls sideways by itself, keeps its own gestures. */
function isFree(target: EventTarget | null): boolean {
  if (!(target instanceof Element) || target.closest(WRITTEN_IN)) return false;
  for (let at: Element | null = target; at; at = at.parentElement) {
    if (at.scrollWidth > at.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(at).overflowX)) return false;
  }
  return true;
}
