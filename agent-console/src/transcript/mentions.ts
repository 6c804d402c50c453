interface MentionPart {
  part: string;
  isMention: boolean;
}

/** The text in parts; a mention is `@` before the whole name of a colleague. */
export function mentionParts(text: string, names: readonly string[]): MentionPart[] {
  const longestFirst = names.filter(Boolean).sort((one, other) => other.length - one.length);
  if (longestFirst.length === 0) return [{ part: text, isMention: false }];
  const pattern = new RegExp(`(@(?:${longestFirst.map(escaped).join('|')}))(?![\\p{L}\\p{N}])`, 'u');
  return text
    .split(pattern)
    .map((part, index) => ({ part, isMention: index % 2 === 1 }))
    .filter(({ part }) => part !== '');
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
