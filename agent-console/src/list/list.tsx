import { selection } from '../stores/selection.ts';
import { chooseView, view } from '../stores/views.ts';
import { queueIsKnown } from '../stores/queue.ts';
import { openPalette } from '../palette/palette-state.ts';
import { Icon } from '../parts/icon.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { keepHold, letGo } from './hold.ts';
import styles from './list.module.css';
import { MineSection, SnoozedSection, WaitingSection } from './sections.tsx';
import { Shelf } from './shelf.tsx';
import { SkeletonRows } from './skeleton.tsx';
import { ListTabs, tab } from './tabs.tsx';
import { ViewsMenu } from './views-menu.tsx';

/** The pane of conversations: who waits, what is mine, and what is elsewhere. */
export function List() {
  return (
    <section class={styles.pane} aria-label="Conversations">
      <header class={styles.head}>
        <Title />
        <ViewsMenu />
        <button type="button" class="icon-button" aria-label="Search" title="Search (Ctrl K)" onClick={() => openPalette('all')}>
          <Icon name="find" />
        </button>
      </header>
      <ListTabs />
      {selection.value.size > 0 && <BulkBar />}
      <div
        class={styles.rows}
        id="inbox-rows"
        role="tabpanel"
        aria-labelledby={`tab-${tab.value}`}
        onPointerEnter={(event) => event.pointerType === 'mouse' && keepHold()}
        onPointerLeave={letGo}
      >
        {queueIsKnown.value ? <Shown /> : <SkeletonRows />}
      </div>
      <KeyHints />
    </section>
  );
}

/** A view stands in the place of the inbox, so that nobody takes a part for the whole. */
function Title() {
  const shown = view.value;
  if (!shown) return <h2>Inbox</h2>;
  return (
    <h2>
      <span dir="auto">{shown.name}</span>
      <button type="button" class="icon-button" aria-label="Show everything" title="Show everything" onClick={() => chooseView(null)}>
        <Icon name="close" size={15} />
      </button>
    </h2>
  );
}

function Shown() {
  switch (tab.value) {
    case 'queue':
      return <><WaitingSection /><MineSection /></>;
    case 'snoozed':
      return <SnoozedSection />;
    case 'bot':
      return <Shelf key="bot" name="bot" />;
    case 'done':
      return <Shelf key="done" name="resolved" />;
  }
}

function KeyHints() {
  const hints: [string[], string][] = [[['J', 'K'], 'move'], [['A'], 'claim'], [['R'], 'reply'], [['?'], 'all']];
  return (
    <footer class={styles.hints} aria-hidden="true">
      {hints.map(([keys, what]) => (
        <span>{keys.map((key) => <kbd>{key}</kbd>)} {what}</span>
      ))}
    </footer>
  );
}
