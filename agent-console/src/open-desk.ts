import { checkSession } from './stores/session.ts';
import { loadCanned } from './stores/canned.ts';
import { closeChanges, openChanges } from './stores/changes.ts';
import { forgetConversations } from './stores/conversations.ts';
import { openDrafts } from './stores/drafts.ts';
import { startFollowing } from './stores/follows.ts';
import { handleFrame } from './stores/frames.ts';
import { forgetPresence } from './stores/presence.ts';
import { forgetQueue } from './stores/queue.ts';
import { closeSocket, openSocket, send, startOfflineWatch } from './stores/socket.ts';
import { forgetSuggestions } from './stores/suggestions.ts';
import { showToast } from './stores/toasts.ts';
import { errorWords } from './words.ts';

/** Opens the desk for an agent who has signed in; returns how to close it and forget what it showed. */
export function openDesk(agent: string): () => void {
  openDrafts(agent, Date.now());
  openChanges({
    agent,
    send,
    onRefused: (change, error) => showToast(errorWords(error, change), 'bad'),
  });
  const stopFollowing = startFollowing();
  const stopWatch = startOfflineWatch();
  openSocket({ onFrame: handleFrame, onLost: () => void checkSession() });
  void loadCanned();
  return () => {
    closeSocket();
    stopFollowing();
    stopWatch();
    forgetAll();
  };
}

function forgetAll(): void {
  closeChanges();
  forgetQueue();
  forgetConversations();
  forgetSuggestions();
  forgetPresence();
}
