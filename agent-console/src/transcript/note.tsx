import type { ComponentChildren } from 'preact';
import { PlainText } from 'web-shared/blocks.tsx';
import { clockTime } from 'web-shared/time.ts';

import { Icon } from '../parts/icon.tsx';
import { agentName, agents, me } from '../stores/presence.ts';
import { mentionParts } from './mentions.ts';
import styles from './note.module.css';

interface NoteCardProps {
  author: string;
  text: string;
  at: string;
  /** What became of one that is not kept yet. */
  children?: ComponentChildren;
}

/** Colleagues who are called stand out. */
function Mentions({ text }: { text: string }) {
  return (
    <>
      {mentionParts(text, agents.value.map((agent) => agent.name)).map(({ part, isMention }) =>
        isMention ? <b class={styles.mention}>{part}</b> : <PlainText text={part} />,
      )}
    </>
  );
}

/** Something that only agents see: amber, with a lock. */
export function NoteCard({ author, text, at, children }: NoteCardProps) {
  const name = agentName(author);
  return (
    <div class={styles.note}>
      <p class={styles.head}>
        <Icon name="lock" size={13} />
        {name === me.value?.name ? 'Your note' : `Note from ${name}`}, only the team sees this
      </p>
      <p class={styles.text} dir="auto" data-said><Mentions text={text} /></p>
      <p class={styles.meta}>{clockTime(new Date(at), navigator.language)}</p>
      {children}
    </div>
  );
}
