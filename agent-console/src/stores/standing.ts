import type { EventFrame, Reason } from 'web-shared/protocol/frames.ts';

/** Who has a conversation, as its events say. */
export type Standing =
  | { status: 'with_bot' }
  | { status: 'waiting'; reason: Reason; since: string }
  | { status: 'with_agent'; agent: string }
  | { status: 'snoozed'; agent: string; until: string }
  | { status: 'resolved'; agent?: string };

const FIRST: Standing = { status: 'with_bot' };

export function standingAfter(events: readonly EventFrame[]): Standing {
  return events.reduce(next, FIRST);
}

/** The same moves as `Status::after` in the server. */
function next(before: Standing, event: EventFrame): Standing {
  switch (event.kind) {
    case 'escalated':
      return waiting(event.at, event.reason);
    case 'withdrawn':
    case 'given_back':
      return FIRST;
    case 'claimed':
      return { status: 'with_agent', agent: event.agent.name };
    case 'released':
    case 'requeued':
      return waiting(event.at);
    case 'transferred':
      return event.agent ? { status: 'with_agent', agent: event.agent.name } : waiting(event.at);
    case 'snoozed':
      return 'agent' in before && before.agent
        ? { status: 'snoozed', agent: before.agent, until: event.until }
        : before;
    case 'woken':
      return before.status === 'snoozed' ? { status: 'with_agent', agent: before.agent } : before;
    case 'resolved':
    case 'abandoned':
      return 'agent' in before && before.agent
        ? { status: 'resolved', agent: before.agent }
        : { status: 'resolved' };
    case 'reopened':
      return before.status === 'resolved' && before.agent ? waiting(event.at) : FIRST;
    default:
      return before;
  }
}

function waiting(since: string, reason: Reason = 'asked_for_agent'): Standing {
  return { status: 'waiting', reason, since };
}
