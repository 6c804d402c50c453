import { resolve, snooze, transfer, write } from '../commands.ts';
import { insertIntoReply } from '../composer/insert.ts';
import { knownValues } from '../composer/choices.ts';
import { leaveList } from '../list/moves.ts';
import { fillCanned, nextGap } from '../stores/canned.ts';
import type { Macro, MacroStep } from '../stores/macros.ts';
import { setTag } from '../stores/tags.ts';

/**
 * Does the steps in their order. A reply that still has gaps is put into the composer instead, and what
 * would end the conversation is left to the agent.
 */
export function runMacro(macro: Macro, id: string): void {
  for (const step of macro.steps) if (!runStep(step, id)) return;
}

function runStep(step: MacroStep, id: string): boolean {
  switch (step.type) {
    case 'reply':
      return reply(id, fillCanned(step.text, knownValues(id)));
    case 'note':
      write(id, 'note', fillCanned(step.text, knownValues(id)));
      return true;
    case 'tag':
      setTag([id], step.tag, true);
      return true;
    case 'assign':
      leaveList([id]);
      transfer([id], step.to.kind === 'agent'
        ? { agent: step.to.id, comment: 'By a macro' }
        : { queue: step.to.id, comment: 'By a macro' }, step.to.name);
      return true;
    case 'snooze':
      leaveList([id]);
      snooze([id], new Date(Date.now() + step.minutes * 60_000), `for ${step.minutes} minutes`);
      return true;
    case 'resolve':
      leaveList([id]);
      resolve([id]);
      return true;
  }
}

function reply(id: string, text: string): boolean {
  if (nextGap(text)) {
    insertIntoReply(id, text);
    return false;
  }
  write(id, 'reply', text);
  return true;
}
