import type { DecisionView } from 'web-shared/protocol/frames.ts';

/** The rule that decided, as a sentence. */
const RULES: Readonly<Record<string, string>> = {
  sure_at: 'The best article was near enough to answer without a caveat.',
  answer_at: 'The best article was near enough to answer, with a caveat.',
  clarify_at: 'Near enough to ask which was meant, not to answer.',
  low_confidence: 'No article was near enough.',
  nothing_found: 'No article shares a word with the question.',
  article_rule: 'The article says that its topic belongs to a person.',
  request_agent: 'The visitor asked for a person.',
  exact_phrase: 'The words are those of a known phrase.',
  smalltalk: 'This is small talk.',
  chosen: 'The visitor chose this article.',
  search_failed: 'The search failed.',
  stopping: 'The server stopped before there was an answer.',
};

/** What a confidence is made of: a short name, and what it means. */
const FEATURES: Readonly<Record<string, readonly [string, string]>> = {
  l_cos: ['Words', 'Same words as the nearest phrasing'],
  g_cos: ['Spelling', 'Same letters as the nearest phrasing'],
  a_cos: ['Text', 'Same words as the whole article'],
  bm: ['Rare words', 'Weight of the words that the article has, of all in the question (BM25)'],
  d_max: ['Meaning', 'Same meaning as the nearest phrasing'],
  d_cen: ['Topic', 'Same meaning as all phrasings together'],
  d_body: ['Text’s meaning', 'Same meaning as the nearest part of the text'],
  lr: ['Classifier', 'Logarithm of the classifier’s share'],
  score: ['Score', 'All of these together'],
  margin: ['Lead', 'Distance to the next article'],
  share: ['Share', 'Its part of all that was found'],
  nearness: ['Phrase', 'How near a known phrase is; 1 is the same words'],
  near_miss: ['Near miss', 'How near a phrase is that only looks like it'],
  covered: ['Covered', 'Share of the question’s words that the phrase has'],
};

const VERDICTS = {
  answer: ['Answered', 'Why this answer?'],
  clarify: ['Asked which was meant', 'Why did it ask?'],
  escalate: ['Gave up', 'Why did it give up?'],
  smalltalk: ['Small talk', 'Why this?'],
} as const;

const HANDED_OVER = ['Handed over', 'Why a person?'] as const;
/** Hand-overs that are no failure of the bot. */
const WANTED = ['request_agent', 'article_rule'];

/** The verdict in a word, and the question that an agent has about it. */
export function verdictWords({ verdict, rule }: DecisionView): readonly [verdict: string, question: string] {
  return verdict === 'escalate' && WANTED.includes(rule) ? HANDED_OVER : VERDICTS[verdict];
}

export function ruleWords(rule: string): string {
  return RULES[rule] ?? `Rule: ${readable(rule)}.`;
}

/** A feature's short name, and what it means where we know that. */
export function featureWords(feature: string): readonly [name: string, meaning: string | undefined] {
  return FEATURES[feature] ?? [readable(feature), undefined];
}

/** `top_margin` as people write it. */
function readable(name: string): string {
  return name.replaceAll('_', ' ');
}
