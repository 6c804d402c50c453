import type { Signal } from '@preact/signals';
import type { TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';

import { PANES, type PaneName } from '../stores/panes.ts';
import styles from './separator.module.css';

interface SeparatorProps {
  pane: PaneName;
  label: string;
  /** Which side of the separator the pane is on. */
  side: 'before' | 'after';
}

const STEP_PX = 16;

/** The line beside a pane: pulled with the pointer, or moved with the arrow keys; a double click puts it back. */
export function Separator({ pane, label, side }: SeparatorProps) {
  const { width, least, most, usual } = PANES[pane];
  const grow = side === 'before' ? 1 : -1;
  const set = (to: number) => (width.value = Math.round(Math.min(Math.max(to, least), most())));
  return (
    <div
      class={styles.separator}
      data-pane={pane}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width.value}
      aria-valuemin={least}
      aria-valuemax={most()}
      tabIndex={0}
      title="Pull to change the width; double click to put it back"
      onPointerDown={(event) => pull(event, width, (px, from) => set(from + grow * px))}
      onDblClick={() => set(usual)}
      onKeyDown={(event) => {
        const to = keyTarget(event, width.value, grow, least, most());
        if (to === undefined) return;
        event.preventDefault();
        set(to);
      }}
    />
  );
}

/** Follows the pointer until it is let go, wherever it goes. */
function pull(event: TargetedPointerEvent<HTMLElement>, width: Signal<number>, onMove: (px: number, from: number) => void): void {
  const line = event.currentTarget;
  const [startX, from] = [event.clientX, width.peek()];
  const move = (moved: PointerEvent) => onMove(moved.clientX - startX, from);
  event.preventDefault();
  line.focus();
  line.setPointerCapture(event.pointerId);
  line.addEventListener('pointermove', move);
  line.addEventListener('lostpointercapture', () => line.removeEventListener('pointermove', move), { once: true });
}

function keyTarget(
  { key }: TargetedKeyboardEvent<HTMLElement>, now: number, grow: number, least: number, most: number,
): number | undefined {
  return { ArrowRight: now + grow * STEP_PX, ArrowLeft: now - grow * STEP_PX, Home: least, End: most }[key];
}
