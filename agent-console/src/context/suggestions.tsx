import { useEffect } from 'preact/hooks';
import type { SuggestionView } from 'web-shared/protocol/frames.ts';

import { suggest, write } from '../commands.ts';
import { insertIntoReply } from '../composer/insert.ts';
import { Icon } from '../parts/icon.tsx';
import { conversation } from '../stores/conversations.ts';
import { holderOf } from '../stores/holder.ts';
import { connectionState } from '../stores/socket.ts';
import { shownSuggestions } from './insert-suggestion.ts';
import { marked } from './marked.ts';
import { lastQuestion } from './last-question.ts';
import styles from './suggestions.module.css';
import { WasWrong } from './was-wrong.tsx';

const GOOD_FROM = 0.6;
const ASKED_AFTER_MS = 250;

/** The articles that could answer the visitor's last message. */
export function Suggestions({ id }: { id: string }) {
  useSuggest(id);
  const found = shownSuggestions(id);
  return (
    <section class={styles.section} aria-labelledby="suggestions-title">
      <h2 id="suggestions-title" class={styles.title}>
        <Icon name="spark" size={15} />
        From your articles
        <span>for the last message</span>
      </h2>
      {found?.length === 0 && <p class={styles.none}>No article comes near.</p>}
      <ul>
        {found?.map((suggestion, index) => (
          <Card key={suggestion.article} id={id} suggestion={suggestion} number={index + 1} />
        ))}
      </ul>
    </section>
  );
}

interface CardProps {
  id: string;
  suggestion: SuggestionView;
  number: number;
}

function Card({ id, suggestion, number }: CardProps) {
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
      <p class={styles.text} dir="auto">
        {marked(text, lastQuestion(id)?.text ?? '').map(({ part, isMarked }) => (isMarked ? <mark>{part}</mark> : part))}
      </p>
      <div class={styles.actions}>
        {canReply && (
          <button type="button" class="button small tinted" onClick={() => insertIntoReply(id, text)}>
            Insert<span class="for-screen-readers">, {title}</span> <kbd aria-hidden="true">{number}</kbd>
          </button>
        )}
        {holder.isMine && (
          <button type="button" class="button small" onClick={() => write(id, 'reply', `${title}\n${address}`)}>
            Send link<span class="for-screen-readers">, {title}</span>
          </button>
        )}
        <WasWrong id={id} suggestion={suggestion} />
      </div>
    </li>
  );
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
