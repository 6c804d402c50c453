import { contextIsFolded } from '../stores/preferences.ts';
import { contextIsOpen, hideContext, showContext } from '../stores/route.ts';

/** Below this width the context lies over the transcript. */
const BESIDE_FROM = '(min-width: 1280px)';

/** Opens or closes the context where it lies over the transcript; it is a step to go back from. */
export function toggleContext(): void {
  if (contextIsOpen.value) hideContext();
  else showContext();
}

/** Folds the pane where there is room for it, else opens and closes the drawer. */
export function toggleContextPane(): void {
  if (matchMedia(BESIDE_FROM).matches) contextIsFolded.value = !contextIsFolded.value;
  else toggleContext();
}
