import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { closeContext, contextDrawerIsOpen } from './context-drawer.ts';
import styles from './context.module.css';
import { Details } from './details.tsx';
import { Gap } from './gap.tsx';
import { History } from './history.tsx';
import { Notes } from './notes.tsx';
import { Suggestions } from './suggestions.tsx';
import { Tags } from './tags.tsx';
import { useContact } from './use-contact.ts';
import { VisitorCard } from './visitor-card.tsx';

type ContextTab = 'suggestions' | 'visitor' | 'history';

const TABS = [
  { key: 'suggestions', label: 'Suggestions' },
  { key: 'visitor', label: 'Visitor' },
  { key: 'history', label: 'History' },
] as const;

/** Stays when another conversation is opened. */
const shown = signal<ContextTab>('suggestions');

/** What helps to answer: articles, who asks, and what was before. */
export function Context({ id }: { id: string }) {
  const isOpen = contextDrawerIsOpen.value;
  const contact = useContact(id);
  const past = contact ? contact.history.filter((each) => each.id !== id).length : 0;
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
        event.preventDefault();
        closeContext();
      }}
    >
      <div class={styles.head}>
        <Tabs
          label="Context"
          tabs={TABS.map((tab) => (tab.key === 'history' ? { ...tab, count: past } : tab))}
          chosen={shown.value}
          panel="context-panel"
          onChoose={(tab) => (shown.value = tab)}
        />
        <button ref={close} type="button" class={`icon-button ${styles.close}`} aria-label="Close" onClick={closeContext}>
          <Icon name="close" />
        </button>
      </div>
      <div
        class={styles.body}
        id="context-panel"
        role="tabpanel"
        aria-labelledby={`context-panel-${shown.value}`}
        tabIndex={0}
      >
        <Panel id={id} />
      </div>
    </aside>
  );
}

function Panel({ id }: { id: string }) {
  switch (shown.value) {
    case 'suggestions':
      return (
        <>
          <Suggestions id={id} />
          <Gap id={id} />
          <VisitorCard id={id} />
          <Details id={id} />
        </>
      );
    case 'visitor':
      return (
        <>
          <VisitorCard id={id} />
          <Details id={id} />
          <Tags id={id} />
          <Notes id={id} />
        </>
      );
    case 'history':
      return <History id={id} />;
  }
}
