import type { DecisionView } from 'web-shared/protocol/frames.ts';

import { counted } from '../words.ts';
import type { ShownMessage } from './items.ts';

/** A folded part in one line: how much the bot said, and what became of it. */
export function botPartSummary(messages: readonly ShownMessage[]): { count: string; outcome: string } {
  const byBot = messages.filter(({ event }) => event.author.kind === 'bot');
  return { count: `Bot, ${counted(byBot.length, 'message')}.`, outcome: outcomeOf(byBot) };
}

function outcomeOf(byBot: readonly ShownMessage[]): string {
  const answer = byBot.findLast(({ event }) => event.sources?.length);
  if (answer) return `Showed ${shownTitles(answer)}${ratingWords(answer.helpful)}`;
  const clarified = byBot.findLast(({ event }) => event.options?.some((option) => option.article));
  if (clarified) return `Asked which was meant: ${optionTitles(clarified)}`;
  const decision = byBot.findLast(({ event }) => event.decision)?.event.decision;
  return decision ? bestWords(decision) : '';
}

/** "Closest was X, 0.31": what an unsure bot had. */
function bestWords({ rule, candidates: [best] }: DecisionView): string {
  if (rule === 'request_agent') return 'The visitor asked for a person';
  return best ? `Closest was ${quoted(best.title)}, ${confidence(best.confidence)}` : 'Found no article';
}

function shownTitles({ event }: ShownMessage): string {
  return [...new Set(event.sources?.map((source) => quoted(source.title)))].join(', ');
}

function optionTitles({ event }: ShownMessage): string {
  const labels = event.options?.filter((option) => option.article).map((option) => quoted(option.label));
  return labels?.join(', ') ?? '';
}

function ratingWords(helpful: boolean | undefined): string {
  if (helpful === undefined) return '';
  return helpful ? ', marked helpful' : ', marked wrong';
}

/** A confidence as agents read it: 0.31. */
export function confidence(value: number): string {
  return value.toFixed(2);
}

function quoted(title: string): string {
  return `“${title}”`;
}
