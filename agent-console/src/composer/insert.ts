import { draft, writeDraft } from '../stores/drafts.ts';
import { hideContext } from '../stores/route.ts';
import { focusComposer } from './mode.ts';

/** Adds to the end of the reply, which the agent then edits. */
export function insertIntoReply(id: string, text: string): void {
  const before = draft(id, 'reply').peek().trimEnd();
  writeDraft(id, 'reply', before === '' ? text : `${before}\n\n${text}`);
  hideContext();
  focusComposer(id, 'reply');
}
