import type { EntryView } from 'web-shared/protocol/frames.ts';

import { Icon } from '../parts/icon.tsx';
import { tagsOf } from '../stores/tags.ts';
import { languageName, reasonChip } from '../words.ts';
import { ReplyClock } from '../sla/reply-clock.tsx';
import styles from './row.module.css';

/** What a row says in few words: why, in which language, about what. */
export function RowChips({ entry }: { entry: EntryView }) {
  const language = foreignLanguage(entry.locale);
  const isWaiting = entry.status === 'waiting';
  const tags = tagsOf(entry.conversation);
  return (
    <span class={styles.chips}>
      {entry.status === 'with_agent' && <ReplyClock entry={entry} />}
      {isWaiting && <span class="chip">{reasonChip(entry)}</span>}
      {language && <span class="chip" title={languageName(language)}>{language.toUpperCase()}</span>}
      {entry.left && <span class="chip" data-tone="accent"><Icon name="mail" size={13} />Left a message</span>}
      {tags.map((tag) => <span key={tag} class="chip" data-tone="accent">{tag}</span>)}
    </span>
  );
}

/** The visitor's language, where it is not one of the agent's own. */
function foreignLanguage(locale: string): string | null {
  const language = locale.split('-')[0]?.toLowerCase();
  const own = navigator.languages.map((tag) => tag.split('-')[0]?.toLowerCase());
  return language && !own.includes(language) ? language : null;
}
