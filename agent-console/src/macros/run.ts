import { resolve, snooze, transfer, write } from '../commands.ts';
import { insertIntoReply } from '../composer/insert.ts';
import { knownValues } from '../composer/choices.ts';
import { leaveList } from '../list/moves.ts';
import { fillCanned, nextGap } from '../stores/canned.ts';
import type { Macro } from '../stores/macros.ts';
import { agentName } from '../stores/presence.ts';
import { queueTitle } from '../stores/queues.ts';
import { setTag } from '../stores/tags.ts';

/**
 * Does the steps in their order. A reply that still has gaps is put into the composer instead, and what
 * would end the conversation is left to the agent.
 */
export function runMacro(macro: Macro, id: string): void {
  for (const tag of macro.tags) setTag([id], tag, true);
  if (macro.reply && !reply(id, fillCanned(macro.reply, knownValues(id)))) return;
  if (!macro.assign && !macro.queue && !macro.snooze_s && !macro.resolve) return;
  leaveList([id]);
  const comment = `By the macro ${macro.name}`;
  if (macro.assign) transfer([id], { agent: macro.assign, comment }, agentName(macro.assign));
  else if (macro.queue) transfer([id], { queue: macro.queue, comment }, queueTitle(macro.queue));
  else if (macro.resolve) resolve([id]);
  else if (macro.snooze_s) snooze([id], new Date(Date.now() + macro.snooze_s * 1000), 'by a macro');
}

/** Whether it could be sent as it is. */
function reply(id: string, text: string): boolean {
  if (nextGap(text)) {
    insertIntoReply(id, text);
    return false;
  }
  write(id, 'reply', text);
  return true;
}
