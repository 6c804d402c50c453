import type { App, AppProps } from './app.ts';
import { downloadTranscript } from './download.ts';
import { Icon } from './icons.tsx';

interface Item {
  label: string;
  run: () => void;
}

export function CloseButton({ app }: AppProps) {
  return (
    <button class="icon" aria-label={app.i18n.t('close')} onClick={() => app.close()}>
      <Icon name="close" />
    </button>
  );
}

/** What is needed rarely. */
export function Menu({ app }: AppProps) {
  const { ui, i18n } = app;
  const { isMenuOpen } = ui.state;
  const label = i18n.t('more');
  const items = menuItems(app);
  if (items.length === 0) return null;
  const choose = (item: Item) => {
    ui.set({ isMenuOpen: false, focus: 'screen' });
    item.run();
  };
  return (
    <div class="menu-place">
      <button
        class="icon"
       
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isMenuOpen}
        onClick={() => ui.set({ isMenuOpen: !isMenuOpen })}
      >
        <Icon name="more" />
      </button>
      {isMenuOpen && <div class="menu-veil" onClick={() => ui.set({ isMenuOpen: false })} />}
      {isMenuOpen && (
        <div ref={focusFirst} class="menu" role="menu" aria-label={label} onKeyDown={(key) => onKeyDown(key, app)}>
          {items.map((item) => (
            <button key={item.label} role="menuitem" tabIndex={-1} onClick={() => choose(item)}>{item.label}</button>
          ))}
        </div>
      )}
    </div>
  );
}

function menuItems(app: App): Item[] {
  const { desk, ui, i18n: { t } } = app;
  const { status, availability, conversation } = desk.state;
  const isThere = conversation !== null && !desk.isStartingNew;
  const items: Item[] = [];
  if (status.status === 'with_bot' && desk.isWelcome) {
    items.push({ label: t(availability.agents ? 'talk' : 'leave'), run: () => requestAgent(app) });
  }
  if (isThere && status.status !== 'resolved') items.push({ label: t('end'), run: () => desk.act({ type: 'end' }) });
  if (isThere) items.push({ label: t('download'), run: () => downloadTranscript(app) });
  if (isThere || desk.pending.length > 0) items.push({ label: t('forget'), run: () => ui.set({ isForgetting: true }) });
  return items;
}

export function requestAgent({ desk, ui }: App): void {
  desk.act({ type: 'request_agent' });
  ui.show('conversation');
}

function focusFirst(list: HTMLElement | null): void {
  list?.querySelector('button')?.focus();
}

function onKeyDown(key: KeyboardEvent & { currentTarget: HTMLElement }, { ui }: App): void {
  const items = [...key.currentTarget.querySelectorAll('button')];
  const now = items.indexOf(key.target as HTMLButtonElement);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[key.key];
  if (key.key === 'Tab') ui.set({ isMenuOpen: false });
  if (next === undefined) return;
  key.preventDefault();
  items.at(next % items.length)?.focus();
}
