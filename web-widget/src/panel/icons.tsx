/** Outlines on a grid of 24. */
const PATHS = {
  back: 'M14 6l-6 6 6 6',
  next: 'M10 6l6 6-6 6',
  close: 'M6.500 6.500l11 11M17.500 6.500l-11 11',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  article: 'M7 3.500h6.500L18.500 8.500V19a1.500 1.500 0 0 1-1.500 1.500H7A1.500 1.500 0 0 1 5.500 19V5A1.500 1.500 0 0 1 7 3.500zM13.500 3.500v5h5M9 13h6M9 16.500h4',
  up: 'M12 19V5.500M6.500 11L12 5.500l5.500 5.500',
  check: 'M5 12.500l4.500 4.500L19 7.500',
  checks: 'M2.500 12.500l4 4.500L15 8M11.500 16l1 1L21.500 8',
  clock: 'M12 3.500a8.500 8.500 0 1 0 .01 0M12 7.500V12l3 2',
  find: 'M11 4.500a6.500 6.500 0 1 0 .01 0M16 16l4 4',
  person: 'M12 4.500a3.750 3.750 0 1 0 .01 0M4.500 20c.9-3.600 3.900-5.500 7.500-5.500s6.600 1.900 7.500 5.500',
  mail: 'M5.500 5.500h13a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2v-9a2 2 0 0 1 2-2zM4 7.500l8 5.500 8-5.500',
  chat: 'M6.500 4h11A2.500 2.500 0 0 1 20 6.500V14a2.500 2.500 0 0 1-2.500 2.500H12l-4.500 4v-4h-1A2.500 2.500 0 0 1 4 14V6.500A2.500 2.500 0 0 1 6.500 4z',
  warning: 'M12 3.500a8.500 8.500 0 1 0 .01 0M12 8v5M12 16h.01',
  down: 'M6 10l6 6 6-6',
} as const;

/** Mouths from awful to great. */
const MOUTHS = [
  'M8 17c.8-2.300 2.200-3.300 4-3.300s3.200 1 4 3.300',
  'M8.500 16c1-1.200 2.100-1.700 3.500-1.700s2.500.5 3.500 1.700',
  'M8.800 15.200h6.400',
  'M8.500 14.300c1 1.200 2.100 1.700 3.500 1.700s2.500-.5 3.500-1.700',
  'M7.800 13.300c.6 2.400 2.200 3.700 4.200 3.700s3.600-1.300 4.200-3.700z',
];
const FACE = 'M12 3a9 9 0 1 0 .01 0M9 9.500h.01M15 9.500h.01';

export type IconName = keyof typeof PATHS;

export function Icon({ name, class: size = '' }: { name: IconName; class?: string }) {
  return <Outline path={PATHS[name]} class={`${size} i-${name}`} />;
}

export function Face({ score }: { score: number }) {
  return <Outline path={FACE + (MOUTHS[score - 1] ?? '')} class="face" />;
}

/** The bot's sign. */
export function Spark() {
  return (
    <svg class="i spark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M12 4c.9 5 3 7.100 8 8-5 .9-7.100 3-8 8-.9-5-3-7.100-8-8 5-.9 7.100-3 8-8z" />
    </svg>
  );
}

function Outline({ path, class: extra }: { path: string; class: string }) {
  return <svg class={`i ${extra}`} viewBox="0 0 24 24" aria-hidden="true"><path d={path} /></svg>;
}
