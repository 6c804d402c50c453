import { useEffect } from 'preact/hooks';

import { Composer } from '../composer/composer.tsx';
import { Context } from '../context/context.tsx';
import { Header } from '../header/header.tsx';
import { List } from '../list/list.tsx';
import { Separator } from '../parts/separator.tsx';
import { waiting } from '../stores/queue.ts';
import { openConversation } from '../stores/route.ts';
import { Transcript } from '../transcript/transcript.tsx';
import styles from './desk.module.css';
import { Today } from './today.tsx';

/** The list, the open conversation, and what helps to answer it. */
export function Inbox() {
  const open = openConversation.value;
  return (
    <>
      <main class={styles.main}>
        <h1 class="for-screen-readers">Inbox</h1>
        <div class={styles.list}><List /></div>
        <Separator pane="list" label="Width of the list" side="before" />
        <section class={styles.conversation} aria-label="Conversation">
          {open ? <Conversation key={open} id={open} /> : <NothingOpen />}
        </section>
        {open && <Separator pane="context" label="Width of the context" side="after" />}
      </main>
      {open && <Context key={open} id={open} />}
    </>
  );
}

function Conversation({ id }: { id: string }) {
  useEffect(() => {
    // On a phone the list is gone, and the focus with it.
    if (document.activeElement === document.body || isHidden(document.activeElement)) {
      document.getElementById('conversation-title')?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <>
      <Header id={id} />
      <Transcript id={id} />
      <Composer id={id} />
    </>
  );
}

function NothingOpen() {
  const someoneWaits = waiting.value.length > 0;
  return (
    <div class={styles.nothing}>
      <b>{someoneWaits ? 'Choose a conversation' : 'Nobody is waiting'}</b>
      <p>{someoneWaits ? 'The one on top has waited longest.' : 'You will hear when somebody needs you.'}</p>
      <Today />
    </div>
  );
}

function isHidden(element: Element | null): boolean {
  return element instanceof HTMLElement && element.offsetParent === null;
}
