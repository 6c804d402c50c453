import type { App, AppProps } from './app.ts';
import { downloadTranscript, printTranscript } from './download.ts';
import { Forget } from './forget.tsx';
import { Icon } from './icons.tsx';
import type { Ui } from './ui.ts';

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
  const { isMenuOpen, isForgetting } = ui.state;
  const items = menuItems(app);
  const toggle = () => ui.set({ isMenuOpen: !isMenuOpen, isForgetting: false });
  return (
    <div class="menu-place">
      <button class="icon" aria-label={i18n.t('more')} aria-haspopup="menu" aria-expanded={isMenuOpen} onClick={toggle}>
        <Icon name="more" />
      </button>
      {isMenuOpen && <div class="menu-veil" onClick={toggle} />}
      {isMenuOpen && (isForgetting ? <Forget app={app} /> : <Items app={app} items={items} />)}
    </div>
  );
}

function Items({ app: { ui, i18n }, items }: AppProps & { items: readonly Item[] }) {
  const choose = (item: Item) => {
    ui.set({ isMenuOpen: false, focus: 'screen' });
    item.run();
  };
  return (
    <div ref={focusFirst} class="menu" role="menu" aria-label={i18n.t('more')} onKeyDown={(key) => onKeyDown(key, ui)}>
      {items.map((item) => <button key={item.label} role="menuitem" tabIndex={-1} onClick={() => choose(item)}>{item.label}</button>)}
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
  if (isThere) {
    items.push({ label: t('download'), run: () => downloadTranscript(app) }, { label: t('print'), run: () => printTranscript(app) });
  }
  items.push({ label: app.isMuted ? t('unmute') : t('mute'), run: () => (app.isMuted = !app.isMuted) });
  if (app.privacy) items.push({ label: t('privacy'), run: () => open(app.privacy, '_blank', 'noopener') });
  if (isThere || desk.pending.length > 0) items.push({ label: t('forget'), run: () => ui.set({ isMenuOpen: true, isForgetting: true, focus: undefined }) });
  return items;
}

export function requestAgent({ desk, ui }: App): void {
  desk.act({ type: 'request_agent' });
  ui.show('conversation');
}

function focusFirst(list: HTMLElement | null): void {
  list?.querySelector('button')?.focus();
}

function onKeyDown(key: KeyboardEvent & { currentTarget: HTMLElement }, ui: Ui): void {
  const items = [...key.currentTarget.querySelectorAll('button')];
  const now = items.indexOf(key.target as HTMLButtonElement);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[key.key];
  if (key.key === 'Tab') ui.set({ isMenuOpen: false });
  if (next === undefined) return;
  key.preventDefault();
  items.at(next % items.length)?.focus();
}
