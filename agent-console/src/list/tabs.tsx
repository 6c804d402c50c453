import { signal } from '@preact/signals';
import type { TargetedKeyboardEvent } from 'preact';

import { mine, waitingTotal } from '../stores/queue.ts';
import styles from './list.module.css';

export type Tab = 'queue' | 'mine';

export const tab = signal<Tab>('queue');

const TABS: readonly Tab[] = ['queue', 'mine'];
const LABELS: Readonly<Record<Tab, string>> = { queue: 'Queue', mine: 'Mine' };

export function ListTabs() {
  const counts = { queue: waitingTotal.value, mine: mine.value.length };
  return (
    <div class={styles.tabs} role="tablist" aria-label="Conversations">
      {TABS.map((each) => (
        <button
          type="button"
          role="tab"
          key={each}
          id={`tab-${each}`}
          aria-selected={tab.value === each}
          aria-controls="inbox-rows"
          tabIndex={tab.value === each ? 0 : -1}
          onClick={() => (tab.value = each)}
          onKeyDown={moveTab}
        >
          {LABELS[each]}
          <em>{counts[each]}</em>
        </button>
      ))}
    </div>
  );
}

function moveTab(event: TargetedKeyboardEvent<HTMLButtonElement>): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  tab.value = tab.value === 'queue' ? 'mine' : 'queue';
  document.getElementById(`tab-${tab.value}`)?.focus();
}
