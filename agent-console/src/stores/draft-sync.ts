import { noteDraft, onDraftChanged, type Mode } from './drafts.ts';
import { request } from './http.ts';

const SAVED_AFTER_MS = 1000;

interface KeptDraft {
  conversation: string;
  mode: Mode;
  text: string;
}

const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Keeps drafts on the server too, so that they are there on another screen; returns how to stop. */
export function startDraftSync(): () => void {
  void loadDrafts();
  const stop = onDraftChanged((conversation, mode, text) => {
    const key = `${conversation} ${mode}`;
    clearTimeout(timers.get(key));
    // What was sent must not come back as a draft, however soon the page is reloaded.
    const delay = text === '' ? 0 : SAVED_AFTER_MS;
    timers.set(key, setTimeout(() => void save(conversation, mode, text), delay));
  });
  return () => {
    stop();
    timers.forEach((timer) => clearTimeout(timer));
    timers.clear();
  };
}

/** What was begun elsewhere; what this browser has itself is newer. */
async function loadDrafts(): Promise<void> {
  const answer = await request<KeptDraft[]>('GET', '/api/v1/drafts');
  if (!answer.ok || !Array.isArray(answer.value)) return;
  for (const { conversation, mode, text } of answer.value) noteDraft(conversation, mode, text);
}

/** A draft that the server did not get is still in this browser. */
async function save(conversation: string, mode: Mode, text: string): Promise<void> {
  await request('PUT', `/api/v1/conversations/${conversation}/draft`, { mode, text });
}
