import type { SuggestionView } from 'web-shared/protocol/frames.ts';

import { Icon } from '../parts/icon.tsx';
import { conversation } from '../stores/conversations.ts';
import { labelAnswer, labelFor } from '../stores/labels.ts';

interface WasWrongProps {
  id: string;
  suggestion: SuggestionView;
}

/** "The bot was wrong: it should have been this article." The bot learns from it. */
export function WasWrong({ id, suggestion }: WasWrongProps) {
  const answer = answered(id);
  if (!answer || answer.article === suggestion.article) return null;
  const isSaid = labelFor(id) === suggestion.article;
  if (isSaid) return <span class="chip" data-tone="ok"><Icon name="check" size={13} />The bot learns this</span>;
  return (
    <button
      type="button"
      class="button small"
      title="The bot was wrong: it should have shown this article"
      onClick={() => void labelAnswer(id, answer.question, suggestion.article)}
    >
      Bot was wrong<span class="for-screen-readers">, it should have shown {suggestion.title}</span>
    </button>
  );
}

interface Answered {
  /** The visitor's message. */
  question: number;
  /** What the bot showed, if anything. */
  article: string | undefined;
}

/** The last question that the bot dealt with, and what it showed. */
function answered(id: string): Answered | null {
  const reply = conversation(id).value.events.findLast(
    (event) => event.kind === 'message' && event.author.kind === 'bot' && event.reply_to !== undefined,
  );
  if (reply?.kind !== 'message' || reply.reply_to === undefined) return null;
  return { question: reply.reply_to, article: reply.sources?.[0]?.article };
}
