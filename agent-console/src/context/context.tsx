import { useEffect, useRef } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { closeContext, contextDrawerIsOpen } from './context-drawer.ts';
import styles from './context.module.css';
import { Details } from './details.tsx';
import { Suggestions } from './suggestions.tsx';
import { VisitorCard } from './visitor-card.tsx';

/** What helps to answer: articles, and who asks. */
export function Context({ id }: { id: string }) {
  const isOpen = contextDrawerIsOpen.value;
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) close.current?.focus();
  }, [isOpen]);
  useEffect(() => closeContext, [id]);
  return (
    <aside
      class={styles.pane}
      data-open={isOpen}
      aria-label="Context"
      onKeyDown={(event) => {
        if (!isOpen || event.key !== 'Escape') return;
        event.stopPropagation();
        closeContext();
      }}
    >
      <div class={styles.head}>
        <span>Context</span>
        <button ref={close} type="button" class="icon-button" aria-label="Close" onClick={closeContext}>
          <Icon name="close" />
        </button>
      </div>
      <div class={styles.body}>
        <Suggestions id={id} />
        <VisitorCard id={id} />
        <Details id={id} />
      </div>
    </aside>
  );
}
