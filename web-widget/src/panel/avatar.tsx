import type { AuthorView } from 'web-shared/protocol/frames.ts';
import { Spark } from './icons.tsx';

interface AvatarProps {
  author: AuthorView;
  isSmall?: boolean;
}

/** A square with a spark for the bot, a circle with initials for people: nobody takes one for the other. */
export function Avatar({ author, isSmall }: AvatarProps) {
  const size = isSmall ? 'small' : '';
  if (author.kind !== 'agent') return <span class={`avatar bot ${size}`} aria-hidden="true"><Spark /></span>;
  const name = author.name ?? '';
  return <span class={`avatar ${size}`} style={colours(name)} aria-hidden="true">{initials(name)}</span>;
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : ''];
  return letters.map((word) => Array.from(word ?? '')[0] ?? '').join('').toUpperCase();
}

/** The same person always has the same colours. */
function colours(name: string) {
  const hue = Array.from(name).reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) * 47;
  return { background: `hsl(${hue} 50% 87%)`, color: `hsl(${hue} 50% 25%)` };
}
