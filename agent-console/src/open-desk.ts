import type { AgentChange, ErrorFrame } from 'web-shared/protocol/frames.ts';

import { checkSession } from './stores/session.ts';
import { loadCanned } from './stores/canned.ts';
import { closeChanges, openChanges } from './stores/changes.ts';
import { forgetContacts } from './stores/contacts.ts';
import { forgetConversations } from './stores/conversations.ts';
import { startDraftSync } from './stores/draft-sync.ts';
import { openDrafts } from './stores/drafts.ts';
import { holderOf } from './stores/holder.ts';
import { openHeld } from './stores/held.ts';
import { startFollowing } from './stores/follows.ts';
import { handleFrame } from './stores/frames.ts';
import { forgetPackets } from './stores/packets.ts';
import { forgetPresence } from './stores/presence.ts';
import { loadMacros } from './stores/macros.ts';
import { forgetQueue } from './stores/queue.ts';
import { clearSelection } from './stores/selection.ts';
import { forgetShelves, startShelves } from './stores/shelves.ts';
import { closeSocket, openSocket, send, startOfflineWatch } from './stores/socket.ts';
import { forgetSuggestions } from './stores/suggestions.ts';
import { forgetTags, loadTags } from './stores/tags.ts';
import { complain } from './stores/toasts.ts';
import { startViewing } from './stores/viewing.ts';
import { errorWords } from './words.ts';

const NAMED_AFTER_MS = 400;

/** Opens the desk for an agent who has signed in; returns how to close it and forget what it showed. */
export function openDesk(agent: string): () => void {
  openDrafts(agent, Date.now());
  openChanges({
    agent,
    send,
    onRefused,
  });
  const stopDrafts = startDraftSync();
  const closeHeld = openHeld(agent);
  const stopFollowing = startFollowing();
  const stopShelves = startShelves();
  const stopViewing = startViewing();
  const stopWatch = startOfflineWatch();
  openSocket({ onFrame: handleFrame, onLost: () => void checkSession() });
  void Promise.all([loadCanned(), loadMacros(), loadTags()]);
  return () => {
    stopDrafts();
    closeHeld();
    closeSocket();
    stopFollowing();
    stopShelves();
    stopViewing();
    stopWatch();
    forgetAll();
  };
}

function onRefused(change: AgentChange, error: ErrorFrame): void {
  if (error.code !== 'already_claimed') return complain(errorWords(error, change));
  // The event that names the winner comes a moment later.
  setTimeout(() => {
    const { agent } = holderOf(change.conversation);
    complain(agent ? `${agent} took it.` : errorWords(error, change));
  }, NAMED_AFTER_MS);
}

function forgetAll(): void {
  closeChanges();
  forgetQueue();
  forgetConversations();
  forgetPackets();
  forgetSuggestions();
  forgetPresence();
  forgetShelves();
  forgetContacts();
  forgetTags();
  clearSelection();
}
