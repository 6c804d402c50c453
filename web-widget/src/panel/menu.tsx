import { useEffect, useRef, useState } from 'preact/hooks';
import { useApp, type App } from './app.ts';
import { downloadTranscript } from './download.ts';
import { Icon } from './icons.tsx';
import type { Panel } from './panel.ts';

interface Item {
  label: string;
  run: () => void;
}

export function CloseButton({ panel }: { panel: Panel }) {
  const { i18n } = useApp();
  return (
    <button class="icon" type="button" aria-label={i18n.t('close')} onClick={() => panel.close()}>
      <Icon name="close" />
    </button>
  );
}

export function Menu(_: { panel: Panel }) {
  const app = useApp();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const items = menuItems(app);
  useEffect(() => {
    if (isOpen) entries(list.current)[0]?.focus();
  }, [isOpen]);
  if (items.length === 0) return null;

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onKeyDown = (key: KeyboardEvent) => {
    if (key.key === 'Tab') setOpen(false);
    if (key.key === 'Escape') close();
    else if (!moveFocus(key.key, entries(list.current), list.current)) return;
    key.preventDefault();
    key.stopPropagation();
  };
  const onFocusOut = (focus: FocusEvent) => {
    if (focus.relatedTarget && !list.current?.contains(focus.relatedTarget as Node)) setOpen(false);
  };
  return (
    <div class="menu-place">
      <button
        ref={button}
        class="icon"
        type="button"
        aria-label={app.i18n.t('more')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="more" />
      </button>
      {isOpen && <div class="menu-veil" onClick={close} />}
      {isOpen && (
        <div ref={list} class="menu" role="menu" aria-label={app.i18n.t('more')} onKeyDown={onKeyDown} onFocusOut={onFocusOut}>
          {items.map(({ label, run }) => (
            <button key={label} role="menuitem" type="button" tabIndex={-1} onClick={() => (close(), run())}>{label}</button>
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
  if (isThere || desk.pending.length > 0) items.push({ label: t('forget'), run: () => ui.askToForget(true) });
  return items;
}

export function requestAgent({ desk, ui }: App): void {
  desk.act({ type: 'request_agent' });
  ui.show('conversation');
}

function entries(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('button') ?? [])];
}

function moveFocus(key: string, items: HTMLElement[], list: HTMLElement | null): boolean {
  const root = list?.getRootNode() as ShadowRoot | undefined;
  const now = items.indexOf(root?.activeElement as HTMLElement);
  const next = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: -1 }[key];
  if (next === undefined) return false;
  items.at(next % items.length)?.focus();
  return true;
}
