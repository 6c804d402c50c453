/** What visitors asked and no article answers. */
export interface Asked {
  questions: readonly string[];
  /** The visitors' language. */
  locale: string;
}

const MOST_LETTERS = 60;

/** A new article with the visitors' words in it, as a file for the knowledge base. It shows to nobody until `draft` is gone. */
export function articleMarkdown(title: string, { questions, locale }: Asked): string {
  const others = unique(questions).filter((question) => question !== title);
  return [
    '---',
    `title: ${quoted(title)}`,
    ...(others.length > 0 ? ['questions:', ...others.map(line)] : []),
    ...(locale ? [`locale: ${locale}`] : []),
    'draft: true  # take this line away when the answer is there',
    '---',
    '',
    'Write the answer here: what to do first, then the exceptions.',
    '',
  ].join('\n');
}

/** The lines that an article's front matter gets, so that it is found by these words too. */
export function wordingLines({ questions }: Asked): string {
  return ['questions:', ...unique(questions).map(line), ''].join('\n');
}

/** A file's name for a title: "Do you deliver to Corsica?" is `do-you-deliver-to-corsica`. */
export function fileName(title: string): string {
  const words = title.toLowerCase().normalize('NFD').replace(/\p{Diacritic}/gu, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  let name = '';
  for (const word of words) {
    if (name.length + word.length > MOST_LETTERS) break;
    name = name === '' ? word : `${name}-${word}`;
  }
  return name || 'new-article';
}

function line(question: string): string {
  return `  - ${quoted(question)}`;
}

/** A text of JSON is a text of YAML; so nothing in a visitor's words can change the file. */
function quoted(text: string): string {
  return JSON.stringify(text.replace(/\s+/g, ' ').trim());
}

function unique(questions: readonly string[]): string[] {
  const seen = new Map(questions.map((question) => [question.trim().toLowerCase(), question.trim()]));
  return [...seen.values()].filter(Boolean);
}
