/** Outlines on a grid of 24. */
const PATHS = {
  back: 'M14 6l-6 6 6 6',
  next: 'M10 6l6 6-6 6',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  article: 'M6 3h8l4 4.5v13.5H6zM9 12h6M9 16h4',
  up: 'M12 19V5.5M6.5 11L12 5.5l5.5 5.5',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  checks: 'M2.5 12.5l4 4.5L15 8M11.5 16l1 1L21.5 8',
  clock: 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 7.5V12l3 2',
  find: 'M11 4.5a6.5 6.5 0 1 0 .01 0M16 16l4 4',
  person: 'M12 4.5a3.75 3.75 0 1 0 .01 0M4.5 20c.9-3.6 3.9-5.5 7.5-5.5s6.6 1.9 7.5 5.5',
  chat: 'M4 5h16v12h-8l-4 4v-4H4z',
  warning: 'M12 3.5a8.5 8.5 0 1 0 .01 0M12 8v5M12 16h.01',
  down: 'M6 10l6 6 6-6',
} as const;

const FACE = 'M12 3a9 9 0 1 0 .01 0M9 9.5h.01M15 9.5h.01';

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = '' }: { name: IconName; size?: '' | 's' | 'xs' }) {
  return <Outline path={PATHS[name]} class={`${size} i-${name}`} />;
}

/** From awful (1) to great (5): the mouth bends with the score. */
export function Face({ score }: { score: number }) {
  const bend = (score - 3) * 3;
  return <Outline path={`${FACE}M8 ${15 - bend / 2}q4 ${bend} 8 0`} class="face" />;
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
