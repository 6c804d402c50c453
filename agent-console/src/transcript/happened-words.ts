import type { EventFrame } from 'web-shared/protocol/frames.ts';
import { moment } from 'web-shared/time.ts';

/** What happened, in one sentence; nothing for what is not worth a line. */
export function happenedWords(event: EventFrame, locale: string): string | null {
  switch (event.kind) {
    case 'claimed':
      return `${event.agent.name} claimed it`;
    case 'released':
      return 'Given back to the queue';
    case 'requeued':
      return 'Back in the queue, since the agent was gone';
    case 'transferred':
      return event.agent ? `Handed to ${event.agent.name}` : 'Handed to another queue';
    case 'given_back':
      return 'Given back to the bot';
    case 'withdrawn':
      return 'The visitor no longer waits and is back with the bot';
    case 'snoozed':
      return `Snoozed until ${moment(new Date(event.until), new Date(event.at), locale)}`;
    case 'woken':
      return 'Awake again';
    case 'resolved':
      return resolvedWords(event.by);
    case 'reopened':
      return 'The visitor wrote again';
    case 'abandoned':
      return 'The visitor left the queue';
    case 'conversation_rated':
      return ratedWords(event.score, event.comment);
    case 'contact_left':
      return null;
    default:
      return null;
  }
}

function resolvedWords(by: string): string {
  if (by === 'visitor') return 'The visitor ended the conversation';
  return by === 'desk' ? 'Resolved after a long silence' : 'Resolved';
}

function ratedWords(score: number, comment: string | undefined): string {
  const words = comment ? `: “${comment}”` : '';
  return `The visitor rated this ${score} of 5${words}`;
}
