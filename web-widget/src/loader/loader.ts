import { SESSION_KEY, type Call, type Embed, type EmbedEvent, type PanelModule } from '../embed.ts';
import { createElement, createLauncher } from './element.ts';
import { launcherTexts, loadTexts, localeTag } from './locales.ts';
import { applyOptions } from './options.ts';

/** Written in by the build: the panel's file name. */
declare const __PANEL__: string;

type Listener = (detail: unknown) => void;

interface Api {
  (...call: Call): unknown;
  /** Calls made before this script was there. */
  q?: ArrayLike<unknown>[];
  isLoaded?: true;
}

declare global {
  interface Window {
    frontdesk?: Api;
  }
}

const OPENING = ['open', 'toggle', 'ask'];

function start(script: HTMLScriptElement): void {
  const server = new URL('.', script.src).href;
  const listeners = new Map<unknown, Set<Listener>>();
  const calls: Call[] = [...(window.frontdesk?.q ?? [])].map((call) => Array.from(call) as Call);
  const tag = localeTag(script.dataset.locale);
  const labels = launcherTexts(tag);
  const element = createElement();
  const { button, badge, failed } = createLauncher(labels.help);
  const wrapper = document.createElement('div');
  wrapper.className = 'fd-root';
  wrapper.append(button);
  element.shadowRoot!.append(wrapper);

  const embed: Embed = {
    element,
    root: element.shadowRoot!,
    wrapper,
    launcher: button,
    badge,
    server,
    options: applyOptions(script.dataset, wrapper, button),
    texts: (locale) => loadTexts(server, localeTag(locale)),
    emit,
  };

  let loading: Promise<void> | undefined;
  let panel: ((call: Call) => void) | undefined;

  function load(): Promise<void> {
    failed.textContent = '';
    loading ??= Promise.all([import(/* @vite-ignore */ server + __PANEL__) as Promise<PanelModule>, loadTexts(server, tag)])
      .then(([module, texts]) => {
        panel = module.start(embed, texts);
        calls.splice(0).forEach(panel);
      })
      .catch(() => {
        loading = undefined;
        failed.textContent = labels.loadFailed;
      });
    return loading;
  }

  function on(name: unknown, listener: Listener): () => void {
    if (name === 'ready') listener(undefined);
    const named = listeners.get(name) ?? new Set();
    listeners.set(name, named.add(listener));
    return () => named.delete(listener);
  }

  function emit(name: EmbedEvent, detail?: unknown): void {
    listeners.get(name)?.forEach((listener) => listener(detail));
    document.dispatchEvent(new CustomEvent(`frontdesk:${name}`, { detail }));
  }

  function destroy(): void {
    panel?.(['destroy']);
    document.removeEventListener('click', onPageClick);
    element.isDestroyed = true;
    element.remove();
    delete window.frontdesk;
  }

  function call(...[name, ...args]: Call): unknown {
    if (name === 'on') return on(args[0], args[1] as Listener);
    if (name === 'destroy') return destroy();
    if (name === 'launcher') button.hidden = args[0] === false;
    else if (panel) panel([name, ...args]);
    else {
      calls.push([name, ...args]);
      if (OPENING.includes(name)) void load();
    }
    return undefined;
  }

  const openers = ['[data-frontdesk-open]', script.dataset.open].filter(Boolean).join();
  function onPageClick(click: MouseEvent): void {
    if (!(click.target as Element).closest?.(openers)) return;
    click.preventDefault();
    call('open');
  }

  window.frontdesk = Object.assign(call, { isLoaded: true as const });
  for (const hint of ['pointerenter', 'focus']) button.addEventListener(hint, () => void load(), { once: true });
  button.addEventListener('click', () => call('toggle'));
  document.addEventListener('click', onPageClick);
  document.body.append(element);
  emit('ready');
  calls.splice(0).forEach((early) => call(...early));
  if (hasConversation()) void load();
}

function hasConversation(): boolean {
  try {
    return localStorage.getItem(SESSION_KEY) !== null;
  } catch {
    return false;
  }
}

const script = document.currentScript as HTMLScriptElement;
if (!window.frontdesk?.isLoaded) {
  if (document.body) start(script);
  else document.addEventListener('DOMContentLoaded', () => start(script));
}
