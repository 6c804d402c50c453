import type { AgentChange, EarlierView, EntryView, Availability, ErrorFrame, Reason, VisitorView } from 'web-shared/protocol/frames.ts';

/** Why a person is needed, on a chip. */
export const REASON_CHIP: Readonly<Record<Reason, string>> = {
  low_confidence: 'Bot was unsure',
  ambiguous: 'Unclear question',
  asked_for_agent: 'Asked for a person',
  not_helpful: 'Answer marked wrong',
  article_rule: 'Topic rule',
  repeated: 'Asked again',
  angry: 'Upset',
  turn_budget: 'Long talk with the bot',
  search_failed: 'Search failed',
  other_language: 'Other language',
  stopping: 'Server restarted',
};

/** The same after "Handed over,". */
export const REASON_SENTENCE: Readonly<Record<Reason, string>> = {
  low_confidence: 'the bot was not sure enough',
  ambiguous: 'the question could mean several things',
  asked_for_agent: 'the visitor asked for a person',
  not_helpful: 'the visitor said no to the answer',
  article_rule: 'this topic belongs to a person',
  repeated: 'the visitor asked the same again',
  angry: 'the visitor seems upset',
  turn_budget: 'the visitor and the bot did not get further',
  search_failed: 'the search failed',
  other_language: 'no article in the visitor’s language',
  stopping: 'the server restarted',
};

export const AVAILABILITY: Readonly<Record<Availability, string>> = {
  online: 'Online',
  away: 'Away',
  offline: 'Offline',
};

/** An error in plain words; `change` is what was refused. */
export function errorWords(error: ErrorFrame, change?: AgentChange): string {
  switch (error.code) {
    case 'already_claimed':
      return 'Someone else took it.';
    case 'not_owner':
      return change?.type === 'reply'
        ? 'Not sent: this conversation is not yours now.'
        : 'This conversation is not yours now.';
    case 'at_capacity':
      return 'You have as many conversations as you may have. Resolve or release one first.';
    case 'message_too_long':
      return 'That is too long for one message.';
    case 'empty_text':
      return 'There is nothing to send.';
    case 'rate_limited':
      return 'Too fast. Wait a moment and try again.';
    case 'storage_unavailable':
      return 'The desk cannot save anything right now.';
    case 'not_found':
      return 'That is no longer possible here.';
    default:
      return 'That did not work. Reload the page if it happens again.';
  }
}

/** What to call a visitor: a name, an address, or where they are. */
export function visitorName(visitor: VisitorView | undefined): string {
  if (visitor?.name) return visitor.name;
  if (visitor?.email) return visitor.email;
  return visitor?.page_title ? `Visitor from ${visitor.page_title}` : 'Visitor';
}

/** "1 message", "4 messages". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** A language in words: fr is French. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** "Tom", "Tom and Ada", "Tom, Ada and Sam". */
export function namesList(names: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}

/** Why somebody waits, on a chip; with the confidence where that is the reason. */
export function reasonChip(entry: Pick<EntryView, 'reason'>): string {
  return REASON_CHIP[entry.reason];
}

const SIGNALS: Readonly<Record<string, string>> = {
  angry: 'Upset',
  repeated: 'Asks again',
  shouting: 'In capitals',
};

/** What the words of a visitor seem to say. */
export function signalWords(signal: string): string {
  return SIGNALS[signal] ?? signal;
}

/** How an earlier conversation ended. */
export const OUTCOME: Readonly<Record<EarlierView['outcome'], string>> = {
  open: 'Still open',
  answered_by_agent: 'Answered by a person',
  answered_by_bot: 'Answered by the bot',
  abandoned: 'Left without an answer',
};

/** The words of an agent's role. */
export const ROLE: Readonly<Record<string, string>> = {
  agent: 'Agent',
  supervisor: 'Supervisor',
  administrator: 'Administrator',
};

/** Where a conversation stands, in lists. */
export const STATUS: Readonly<Record<string, string>> = {
  with_bot: 'With the bot',
  waiting: 'Waiting',
  with_agent: 'With an agent',
  snoozed: 'Snoozed',
  resolved: 'Resolved',
};
