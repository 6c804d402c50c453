import type { Signal } from '@preact/signals';

import { storedSignal } from './storage.ts';

export type PaneName = 'list' | 'context';

/** How wide a pane may be, in pixels. */
interface Pane {
  width: Signal<number>;
  usual: number;
  least: number;
  /** Depends on the window: the transcript keeps its room. */
  most: () => number;
}

const isWidth = (value: unknown) => typeof value === 'number' && value >= 240 && value <= 640;

/** The panes beside the transcript, as wide as the agent made them. */
export const PANES: Readonly<Record<PaneName, Pane>> = {
  list: { width: storedSignal('list-width', 320, isWidth), usual: 320, least: 240, most: () => shareOfWindow(0.36, 520) },
  context: { width: storedSignal('context-width', 332, isWidth), usual: 332, least: 280, most: () => shareOfWindow(0.32, 560) },
};

function shareOfWindow(share: number, most: number): number {
  return Math.min(most, Math.floor(window.innerWidth * share));
}
