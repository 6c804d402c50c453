/** Outlines on a 24 grid, drawn for this console. */
const PATHS = {
  inbox: 'M3.5 13.5 6 6.2A1.8 1.8 0 0 1 7.7 5h8.6A1.8 1.8 0 0 1 18 6.2l2.5 7.3v3.7a1.8 1.8 0 0 1-1.8 1.8H5.3a1.8 1.8 0 0 1-1.8-1.8zM3.5 13.5h4.7l1.4 2.3h4.8l1.4-2.3h4.7',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.8V12l2.8 1.8',
  check: 'm5 12.6 4.4 4.4L19 7.4',
  checks: 'm2.5 12.8 4 4 8.3-8.6M11.6 15.7l1.2 1.1 8.7-8.6',
  moon: 'M19.6 14.2A8.1 8.1 0 0 1 9.8 4.4a8.1 8.1 0 1 0 9.8 9.8z',
  sun: 'M12 8.3a3.7 3.7 0 1 0 0 7.4 3.7 3.7 0 0 0 0-7.4M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4',
  screen: 'M5 5h14a1.5 1.5 0 0 1 1.5 1.5v8.5a1.5 1.5 0 0 1-1.5 1.5H5A1.5 1.5 0 0 1 3.5 15V6.5A1.5 1.5 0 0 1 5 5M9 20h6M12 16.5V20',
  dots: 'M5.5 11.9v.2M12 11.9v.2M18.5 11.9v.2',
  lock: 'M7.3 10.5h9.4a1.8 1.8 0 0 1 1.8 1.8v5.9a1.8 1.8 0 0 1-1.8 1.8H7.3a1.8 1.8 0 0 1-1.8-1.8v-5.9a1.8 1.8 0 0 1 1.8-1.8M8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5',
  bolt: 'M13.2 3.5 5.8 13.4h5.4l-.8 7.1 7.8-10.2h-5.6z',
  back: 'm14.500 6-6 6 6 6',
  down: 'm6 9.500 6 6 6-6',
  arrowDown: 'M12 5v14M6 13l6 6 6-6',
  close: 'm6 6 12 12M18 6 6 18',
  mail: 'M5 6h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 18H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 6M4 7.3l8 5.7 8-5.7',
  shield: 'M12 3.5 18.8 6v5.4c0 4.4-2.9 7.4-6.8 9.1-3.9-1.7-6.8-4.7-6.8-9.1V6zM9 11.9l2.2 2.2 4-4.1',
  panel: 'M5.3 4.5h13.4a1.8 1.8 0 0 1 1.8 1.8v11.4a1.8 1.8 0 0 1-1.8 1.8H5.3a1.8 1.8 0 0 1-1.8-1.8V6.3a1.8 1.8 0 0 1 1.8-1.8M15 4.5v15',
  keyboard: 'M4.5 6.5h15A1.5 1.5 0 0 1 21 8v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 16V8a1.5 1.5 0 0 1 1.5-1.5M7 10.2h.01M10.3 10.2h.01M13.7 10.2h.01M17 10.2h.01M8.5 13.9h7',
  alert: 'M12 4.3 20.6 19H3.4zM12 10v4M12 16.5h.01',
  send: 'M20.3 3.7 3.8 10.3l6.7 2.9 2.9 6.7zM20.3 3.7l-9.5 9.5',
  thumbUp: 'M7.5 11 11 4.2a2 2 0 0 1 2.3 2.3l-.6 3.3h4.7a1.8 1.8 0 0 1 1.8 2.2l-1.3 5.7a1.8 1.8 0 0 1-1.8 1.4H7.5zM7.5 11H4.6v8.1h2.9',
  thumbDown: 'M16.5 13 13 19.8a2 2 0 0 1-2.3-2.3l.6-3.3H6.6A1.8 1.8 0 0 1 4.8 12l1.3-5.7a1.8 1.8 0 0 1 1.8-1.4h8.6zM16.5 13h2.9V4.9h-2.9',
} as const;

const SPARK = 'M12 4l1.9 4.7c.2.7.7 1.2 1.4 1.4L20 12l-4.7 1.9c-.7.2-1.2.7-1.4 1.4L12 20l-1.9-4.7c-.2-.7-.7-1.2-1.4-1.4L4 12l4.7-1.9c.7-.2 1.2-.7 1.4-1.4z';

export type IconName = keyof typeof PATHS | 'spark';

/** A picture beside words; screen readers skip it. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  const isSpark = name === 'spark';
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={isSpark ? 'currentColor' : 'none'}
      stroke={isSpark ? 'none' : 'currentColor'}
      stroke-width={strokeOf(name, size)}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={isSpark ? SPARK : PATHS[name]} />
    </svg>
  );
}

/** Dots are all stroke, and small pictures need a stronger one. */
function strokeOf(name: IconName, size: number): number {
  if (name === 'dots') return 2.6;
  return size < 16 ? 2 : 1.75;
}
