/** Outlines on a grid of 24. */
const PATHS = {
  back: 'M14 6l-6 6 6 6',
  next: 'M10 6l6 6-6 6',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  article: 'M7 3.5h6.5L18.5 8.5V19a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 19V5A1.5 1.5 0 0 1 7 3.5zM13.5 3.5v5h5M9 13h6M9 16.5h4',
  up: 'M12 19V5.5M6.5 11L12 5.5l5.5 5.5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5l4 4.5L15 8M11.5 16l1 1L21.5 8',
  clock: 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 7.5V12l3 2',
  find: 'M11 4.5a6.5 6.5 0 1 0 .01 0M16 16l4 4',
  person: 'M12 4.5a3.75 3.75 0 1 0 .01 0M4.5 20c.9-3.6 3.9-5.5 7.5-5.5s6.6 1.9 7.5 5.5',
  chat: 'M6.5 4h11A2.5 2.5 0 0 1 20 6.5V14a2.5 2.5 0 0 1-2.5 2.5H12l-4.5 4v-4h-1A2.5 2.5 0 0 1 4 14V6.5A2.5 2.5 0 0 1 6.5 4z',
  warning: 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 8v5M12 16h.01',
  down: 'M6 10l6 6 6-6',
} as const;

/** Mouths from awful to great. */
const MOUTHS = [
  'M8 17c.8-2.3 2.2-3.3 4-3.3s3.2 1 4 3.3',
  'M8.5 16c1-1.2 2.1-1.7 3.5-1.7s2.5.5 3.5 1.7',
  'M8.8 15.2h6.4',
  'M8.5 14.3c1 1.2 2.1 1.7 3.5 1.7s2.5-.5 3.5-1.7',
  'M7.8 13.3c.6 2.4 2.2 3.7 4.2 3.7s3.6-1.3 4.2-3.7z',
];
const FACE = 'M12 3a9 9 0 1 0 .01 0M9 9.5h.01M15 9.5h.01';

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = '' }: { name: IconName; size?: '' | 's' | 'xs' }) {
  return <Outline path={PATHS[name]} class={`${size} i-${name}`} />;
}

export function Face({ score }: { score: number }) {
  return <Outline path={FACE + (MOUTHS[score - 1] ?? '')} class="face" />;
}

/** The bot's sign. */
export function Spark() {
  return (
    <svg class="i spark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 4c.9 5 3 7.1 8 8-5 .9-7.1 3-8 8-.9-5-3-7.1-8-8 5-.9 7.1-3 8-8z" />
    </svg>
  );
}

function Outline({ path, class: extra }: { path: string; class: string }) {
  return <svg class={`i ${extra}`} viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>;
}
