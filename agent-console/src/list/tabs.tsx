import { signal } from '@preact/signals';
import type { TargetedKeyboardEvent } from 'preact';

import { snoozed, waitingTotal } from '../stores/queue.ts';
import { shelf } from '../stores/shelves.ts';
import styles from './list.module.css';

export type Tab = 'queue' | 'bot' | 'snoozed' | 'done';

export const tab = signal<Tab>('queue');

const TABS: readonly Tab[] = ['queue', 'bot', 'snoozed', 'done'];
const LABELS: Readonly<Record<Tab, string>> = { queue: 'Queue', bot: 'Bot', snoozed: 'Snoozed', done: 'Done' };

export function ListTabs() {
  const counts: Readonly<Record<Tab, number | null>> = {
    queue: waitingTotal.value,
    bot: shelf('bot').isKnown ? shelf('bot').entries.length : null,
    snoozed: snoozed.value.length,
    done: null,
  };
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
          {counts[each] !== null && counts[each] > 0 && <em>{counts[each]}</em>}
        </button>
      ))}
    </div>
  );
}

function moveTab(event: TargetedKeyboardEvent<HTMLButtonElement>): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (!step) return;
  tab.value = TABS.at((TABS.indexOf(tab.value) + step) % TABS.length)!;
  document.getElementById(`tab-${tab.value}`)?.focus();
}
