import { useState } from 'preact/hooks';
import { dayName } from 'web-shared/time.ts';

import { now } from '../stores/clock.ts';
import { addContactNote, contactOf } from '../stores/contacts.ts';
import { complain } from '../stores/toasts.ts';
import styles from './context.module.css';

/** What the team should know of this visitor the next time too. */
export function Notes({ id }: { id: string }) {
  const contact = contactOf(id);
  const [text, setText] = useState('');
  if (!contact) return null;
  const add = async () => {
    const words = text.trim();
    if (words === '') return;
    setText('');
    if (await addContactNote(id, words)) return;
    setText(words);
    complain('The note could not be kept. Try again in a moment.');
  };
  return (
    <section class={styles.section} aria-labelledby="notes-title">
      <h2 id="notes-title" class={styles.title}>Notes on this visitor</h2>
      {contact.notes.map((note) => (
        <p key={note.id} class={styles.note} dir="auto">
          {note.text}
          <small>{note.author}, {dayName(new Date(note.at), new Date(now.peek()), navigator.language)}</small>
        </p>
      ))}
      <form class={styles.form} onSubmit={(event) => (event.preventDefault(), void add())}>
        <textarea
          aria-label="Note on this visitor"
          placeholder="Kept for their next conversation, only the team sees it"
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button small" disabled={text.trim() === ''}>Keep note</button>
      </form>
    </section>
  );
}
