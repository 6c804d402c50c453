import type { AuthorView, ErrorFrame, EventFrame, ToAgent } from 'web-shared/protocol/frames.ts';

import { alertForGiven, alertForMessage, alertForNote, alertForWaiting, alertForWarning } from '../alerts/alerts.ts';
import { errorWords } from '../words.ts';
import { confirmChange, handleChangeError, resendChanges } from './changes.ts';
import { conversation, eventArrived, noteArrived, seenArrived } from './conversations.ts';
import { follow } from './follows.ts';
import { heldFrames, takeBack } from './held.ts';
import { packetArrived } from './packets.ts';
import { chosenAvailability, me, presenceArrived, welcomed } from './presence.ts';
import { queueArrived } from './queue.ts';
import { queuesArrived } from './queues.ts';
import { shelfArrived } from './shelves.ts';
import { suggestionsArrived } from './suggestions.ts';
import { complain, showToast } from './toasts.ts';
import { visitorStopped, visitorTypes } from './typing.ts';
import { agentStopped, agentTypes } from './viewers.ts';

/** Takes every frame from the server to the store that it belongs to. */
export function handleFrame(frame: ToAgent): void {
  switch (frame.type) {
    case 'welcome':
      welcomed(frame.agent, frame.capacity);
      return resendChanges();
    case 'queue':
      alertForWaiting(frame.entries);
      alertForGiven(frame.mine);
      return queueArrived(frame);
    case 'queues':
      return queuesArrived(frame.queues);
    case 'tab':
      return shelfArrived(frame.tab, frame.entries);
    case 'event':
      return handleEvent(frame);
    case 'packet':
      return packetArrived(frame);
    case 'note':
      noteArrived(frame);
      alertForNote(frame);
      return confirmChange(frame.client_id);
    case 'presence':
      return presenceArrived(frame.agents);
    case 'suggestions':
      return suggestionsArrived(frame.conversation, frame.suggestions);
    case 'warning':
      return alertForWarning(frame);
    case 'typing':
      return somebodyTypes(frame.conversation, frame.author);
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
  alertForMessage(event);
  confirmChange(event.client_id);
  if (event.kind === 'message' && event.author.kind === 'visitor') visitorSaid(event.conversation);
  if (event.kind === 'message' && event.author.name) agentStopped(event.conversation, event.author.name);
  if (conversation(event.conversation).peek().isBehind) follow(event.conversation);
}

function somebodyTypes(id: string, author: AuthorView): void {
  if (author.kind === 'visitor') visitorTypes(id);
  else if (author.kind === 'agent' && author.name && author.name !== me.value?.name) agentTypes(id, author.name);
}

function visitorSaid(id: string): void {
  visitorStopped(id);
  const resolving = heldFrames().filter((frame) => frame.conversation === id && frame.type === 'resolve');
  if (takeBack(resolving.map((frame) => frame.client_id)).length > 0) {
    showToast('The visitor wrote again, so the conversation stays open.');
  }
}

function handleError(error: ErrorFrame): void {
  if (!error.client_id) return complain(errorWords(error));
  // `set_availability` is the one frame with an id that is not kept for sending again.
  if (error.client_id === availabilityFrame) {
    chosenAvailability.value = null;
    return complain(errorWords(error));
  }
  handleChangeError(error);
}

let availabilityFrame: string | undefined;

/** Remembers which frame an error about availability would name. */
export function expectAvailability(clientId: string): void {
  availabilityFrame = clientId;
}
