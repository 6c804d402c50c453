import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { contextIsOpen, hideContext } from '../stores/route.ts';
import { Brief } from './brief.tsx';
import styles from './context.module.css';
import { Details } from './details.tsx';
import { Gap } from './gap.tsx';
import { History } from './history.tsx';
import { Notes } from './notes.tsx';
import { Pages } from './pages.tsx';
import { Suggestions } from './suggestions.tsx';
import { Tags } from './tags.tsx';
import { Tried } from './tried.tsx';
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
  const isOpen = contextIsOpen.value;
  const contact = useContact(id);
  const past = contact ? contact.history.filter((each) => each.id !== id).length : 0;
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) close.current?.focus();
  }, [isOpen]);
  return (
    <aside
      class={styles.pane}
      data-open={isOpen}
      aria-label="Context"
      onKeyDown={(event) => {
        if (!isOpen || event.key !== 'Escape') return;
        event.stopPropagation();
        event.preventDefault();
        hideContext();
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
        <button ref={close} type="button" class={`icon-button ${styles.close}`} aria-label="Back to the conversation" onClick={hideContext}>
          <span class={styles.cross}><Icon name="close" /></span>
          <span class={styles.arrow}><Icon name="back" /></span>
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
          <Brief id={id} />
          <Suggestions id={id} />
          <Gap id={id} />
          <Tried id={id} />
          <VisitorCard id={id} />
          <Details id={id} isShort />
          <Pages id={id} />
        </>
      );
    case 'visitor':
      return (
        <>
          <VisitorCard id={id} />
          <Details id={id} />
          <Pages id={id} />
          <Tags id={id} />
          <Notes id={id} />
        </>
      );
    case 'history':
      return <History id={id} />;
  }
}
