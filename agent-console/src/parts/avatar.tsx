import type { Availability } from 'web-shared/protocol/frames.ts';

import { AVAILABILITY } from '../words.ts';
import styles from './avatar.module.css';
import { Icon } from './icon.tsx';

const TINTS = 6;

interface AvatarProps {
  /** Whose; nobody known gives a question mark. */
  name?: string | undefined;
  /** What the tint is drawn from, so that one visitor keeps one colour. */
  seed: string;
  size?: 'tiny' | 'small' | 'middle' | 'large';
  availability?: Availability;
}

/** Round initials: a person. */
export function Avatar({ name, seed, size = 'middle', availability }: AvatarProps) {
  return (
    <span
      class={`${styles.avatar} ${styles[size]}`}
      data-tint={hash(seed) % TINTS}
      data-initials={initials(name)}
      aria-hidden="true"
    >
      {availability && <span class={styles.state} data-state={availability} title={AVAILABILITY[availability]} />}
    </span>
  );
}

/** A rounded square with a spark: the bot, so that nobody takes it for a person. */
export function BotAvatar() {
  return (
    <span class={`${styles.avatar} ${styles.small} ${styles.bot}`} aria-hidden="true">
      <Icon name="spark" size={14} />
    </span>
  );
}

function initials(name: string | undefined): string {
  const words = name?.trim().split(/[\s@.]+/).filter(Boolean) ?? [];
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? '')][0] ?? '');
  return letters.join('').toLocaleUpperCase() || '?';
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) >>> 0, 7);
}
