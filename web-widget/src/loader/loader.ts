import { SESSION_KEY, type Call, type Embed, type EmbedEvent, type PanelModule, type Theme } from '../embed.ts';
import { createParts, NAME } from './element.ts';
import { helpText, loadTexts, localeTag } from './locales.ts';
import { applyOptions, applyTheme } from './options.ts';

/** Written in by the build: the panel's file name. */
declare const __PANEL__: string;

type Listener = (detail: unknown) => void;

interface Api {
  (...call: Call): unknown;
  /** Calls made before this script was there. */
  q?: Iterable<unknown>[];
}

declare global {
  interface Window {
    frontdesk?: Api;
  }
}

/** The calls that need the panel; others wait for it. */
const OPENING = ['open', 'toggle', 'ask'];

function start({ src, dataset }: HTMLScriptElement): void {
  // A page that has the script twice has one widget.
  if (document.querySelector(NAME)) return;
  const server = new URL('.', src).href;
  const listeners: Record<string, Set<Listener>> = {};
  const calls = (window.frontdesk?.q ?? []).map((call) => [...call] as Call);
  const tag = localeTag(dataset.locale);
  const parts = createParts(helpText(tag));
  const { element, launcher, badge } = parts;
  applyOptions(dataset, parts.wrapper, launcher);

  const embed: Embed = { ...parts, server, texts: (locale) => loadTexts(server, localeTag(locale)), emit };
  let loading: Promise<void> | undefined;
  let panel: ((call: Call) => void) | undefined;

  function load(): void {
    loading ??= Promise.all([import(/* @vite-ignore */ server + __PANEL__) as Promise<PanelModule>, loadTexts(server, tag)]).then(
      ([module, texts]) => {
        badge.textContent = '';
        panel = module.start(embed, texts);
        calls.splice(0).forEach(panel);
      },
      () => {
        loading = undefined;
        badge.textContent = '!';
      },
    );
  }

  function on(name: string, listener: Listener): () => void {
    if (name === 'ready') listener(undefined);
    const named = (listeners[name] ??= new Set());
    named.add(listener);
    return () => named.delete(listener);
  }

  function emit(name: EmbedEvent, detail?: unknown): void {
    listeners[name]?.forEach((listener) => listener(detail));
    document.dispatchEvent(new CustomEvent(`frontdesk:${name}`, { detail }));
  }

  function call(...[name, ...args]: Call): unknown {
    if (name === 'on') return on(args[0] as string, args[1] as Listener);
    if (name === 'launcher') launcher.hidden = args[0] === false;
    else if (panel) panel([name, ...args]);
    else calls.push([name, ...args]);
    if (OPENING.includes(name)) load();
    if (name === 'destroy') destroy();
    return undefined;
  }

  function destroy(): void {
    element.remove();
    document.removeEventListener('click', onPageClick);
    delete window.frontdesk;
  }

  const openers = ['[data-frontdesk-open]', dataset.open].filter(Boolean).join();
  function onPageClick(click: MouseEvent): void {
    const opener = (click.target as Element).closest<HTMLElement>(openers);
    if (!opener) return;
    click.preventDefault();
    call('open', { screen: opener.dataset.frontdeskOpen });
  }

  window.frontdesk = call;
  launcher.onpointerenter = launcher.onfocus = load;
  launcher.onclick = () => call('toggle');
  document.addEventListener('click', onPageClick);
  // Beside the body, not in it: pages throw their body's content away, and some all the rest too.
  const attach = () => {
    if (element.isConnected || !window.frontdesk) return;
    document.documentElement.append(element);
    // With the next frame, when styles are computed anyway: asked for now, they would be computed twice.
    requestAnimationFrame(() => {
      applyTheme(parts.wrapper.dataset.theme as Theme, parts.wrapper);
      if (element.isConnected) launcher.togglePopover(true);
    });
  };
  attach();
  new MutationObserver(attach).observe(document.documentElement, { childList: true });
  emit('ready');
  calls.splice(0).forEach((early) => call(...early));
  // Pages on which the widget speaks first get the panel once they have loaded.
  if (dataset.triggers) setTimeout(load, 2000);
  try {
    if (SESSION_KEY in localStorage) load();
  } catch {
    // Storage is forbidden, so nothing is stored.
  }
}

start(document.currentScript as HTMLScriptElement);
