import { useEffect } from 'preact/hooks';
import type { SuggestionView } from 'web-shared/protocol/frames.ts';

import { suggest, write } from '../commands.ts';
import { focusComposer } from '../composer/mode.ts';
import { Icon } from '../parts/icon.tsx';
import { conversation } from '../stores/conversations.ts';
import { draft, writeDraft } from '../stores/drafts.ts';
import { holderOf } from '../stores/holder.ts';
import { connectionState } from '../stores/socket.ts';
import { suggestionsFor } from '../stores/suggestions.ts';
import { closeContext } from './context-drawer.ts';
import styles from './suggestions.module.css';

const GOOD_FROM = 0.6;
/** Below this an article has nothing to do with the question. */
const NEAR_FROM = 0.05;
const ASKED_AFTER_MS = 250;

/** The articles that could answer the visitor's last message. */
export function Suggestions({ id }: { id: string }) {
  useSuggest(id);
  const found = suggestionsFor(id)?.filter((suggestion) => suggestion.confidence >= NEAR_FROM);
  return (
    <section class={styles.section} aria-labelledby="suggestions-title">
      <h2 id="suggestions-title" class={styles.title}>
        <Icon name="spark" size={15} />
        From your articles
      </h2>
      {found?.length === 0 && <p class={styles.none}>No article comes near.</p>}
      <ul>
        {found?.map((suggestion) => <Card key={suggestion.article} id={id} suggestion={suggestion} />)}
      </ul>
    </section>
  );
}

function Card({ id, suggestion }: { id: string; suggestion: SuggestionView }) {
  const { title, text, confidence } = suggestion;
  const holder = holderOf(id);
  const canReply = holder.isMine || holder.canBeClaimed;
  const address = new URL(suggestion.url, location.origin).href;
  return (
    <li class={styles.card}>
      <div class={styles.head}>
        <a href={address} target="_blank" rel="noopener noreferrer">{title}</a>
        <span class="chip" data-tone={confidence >= GOOD_FROM ? 'ok' : 'warn'}>{confidence.toFixed(2)}</span>
      </div>
      <p class={styles.text} dir="auto">{text}</p>
      {canReply && (
        <div class={styles.actions}>
          <button type="button" class="button small tinted" onClick={() => insertIntoReply(id, text)}>
            Insert<span class="for-screen-readers">, {title}</span>
          </button>
          {holder.isMine && (
            <button type="button" class="button small" onClick={() => write(id, 'reply', `${title}\n${address}`)}>
              Send link<span class="for-screen-readers">, {title}</span>
            </button>
          )}
        </div>
      )}
    </li>
  );
}

/** Adds to the end of the reply, which the agent then edits. */
function insertIntoReply(id: string, text: string): void {
  const before = draft(id, 'reply').peek().trimEnd();
  writeDraft(id, 'reply', before === '' ? text : `${before}\n\n${text}`);
  closeContext();
  focusComposer(id, 'reply');
}

/** Asks on opening, after each of the visitor's messages, and again on a new socket. */
function useSuggest(id: string): void {
  const last = conversation(id).value.events.findLast(
    (event) => event.kind === 'message' && event.author.kind === 'visitor',
  )?.seq;
  const isConnected = connectionState.value === 'open';
  useEffect(() => {
    if (!isConnected || last === undefined) return;
    // A long history comes in many frames; only its last message counts.
    const timer = setTimeout(() => suggest(id), ASKED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [id, last, isConnected]);
}
