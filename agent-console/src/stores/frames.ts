import type { ErrorFrame, EventFrame, ToAgent } from 'web-shared/protocol/frames.ts';

import { alertFor } from '../alerts/alerts.ts';
import { errorWords } from '../words.ts';
import { confirmChange, handleChangeError, resendChanges } from './changes.ts';
import { conversation, eventArrived, noteArrived, seenArrived } from './conversations.ts';
import { follow } from './follows.ts';
import { chosenAvailability, presenceArrived, welcomed } from './presence.ts';
import { queueArrived } from './queue.ts';
import { suggestionsArrived } from './suggestions.ts';
import { showToast } from './toasts.ts';
import { visitorStopped, visitorTypes } from './typing.ts';

/** Takes every frame from the server to the store that it belongs to. */
export function handleFrame(frame: ToAgent): void {
  switch (frame.type) {
    case 'welcome':
      welcomed(frame.agent, frame.capacity);
      return resendChanges();
    case 'queue':
      alertFor(frame.entries);
      return queueArrived(frame);
    case 'event':
      return handleEvent(frame);
    case 'note':
      noteArrived(frame);
      return confirmChange(frame.client_id);
    case 'presence':
      return presenceArrived(frame.agents);
    case 'suggestions':
      return suggestionsArrived(frame.conversation, frame.suggestions);
    case 'typing':
      return frame.author.kind === 'visitor' ? visitorTypes(frame.conversation) : undefined;
    case 'seen':
      return seenArrived(frame.conversation, frame.author, frame.seq);
    case 'error':
      return handleError(frame);
    default:
      // A ping, or what a newer server sends.
      return;
  }
}

function handleEvent(event: EventFrame): void {
  eventArrived(event);
  confirmChange(event.client_id);
  if (event.kind === 'message' && event.author.kind === 'visitor') visitorStopped(event.conversation);
  if (conversation(event.conversation).peek().isBehind) follow(event.conversation);
}

function handleError(error: ErrorFrame): void {
  if (!error.client_id) return showToast(errorWords(error), 'bad');
  // `set_availability` is the one frame with an id that is not kept for sending again.
  if (error.client_id === availabilityFrame) {
    chosenAvailability.value = null;
    return showToast(errorWords(error), 'bad');
  }
  handleChangeError(error);
}

let availabilityFrame: string | undefined;

/** Remembers which frame an error about availability would name. */
export function expectAvailability(clientId: string): void {
  availabilityFrame = clientId;
}
