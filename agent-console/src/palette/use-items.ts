import { useEffect, useState } from 'preact/hooks';

import { dayName } from 'web-shared/time.ts';

import { snooze } from '../commands.ts';
import { insertIntoReply } from '../composer/insert.ts';
import { best } from '../fuzzy.ts';
import { snoozeChoices, snoozeFrom } from '../header/snooze-choices.ts';
import { leaveList } from '../list/moves.ts';
import { runMacro } from '../macros/run.ts';
import { findArticles, type FoundArticle } from '../stores/articles.ts';
import { macros, macroWords } from '../stores/macros.ts';
import { awake, snoozed, waiting } from '../stores/queue.ts';
import { goTo } from '../stores/route.ts';
import { findConversations, rowName, type ConversationRow } from '../stores/search.ts';
import { clearSelection } from '../stores/selection.ts';
import { knownTags, setTag, tagsOf } from '../stores/tags.ts';
import { STATUS, visitorName } from '../words.ts';
import { conversationActions, deskActions } from './actions.ts';
import type { PaletteItem } from './item.ts';
import type { PaletteMode, PaletteState } from './palette-state.ts';
import { receivers, type Receiver } from './receivers.ts';

const SEARCHED_AFTER_MS = 180;
const SEARCHED_FROM = 2;

interface Prompt {
  label: string;
  placeholder: string;
}

export const PROMPTS: Readonly<Record<PaletteMode, Prompt>> = {
  all: { label: 'Search and commands', placeholder: 'Search conversations, or type what to do' },
  snooze: { label: 'Snooze', placeholder: 'Until when? 45m, 2h, 14:30, tomorrow 9:00' },
  assign: { label: 'Hand over', placeholder: 'To whom?' },
  tag: { label: 'Tags', placeholder: 'Find a tag, or write a new one' },
  macro: { label: 'Macros', placeholder: 'Which macro?' },
  article: { label: 'Insert an article', placeholder: 'Search your articles' },
};

interface Items {
  items: readonly PaletteItem[];
  isSearching: boolean;
}

/** What the command bar offers for what was typed. */
export function useItems(state: PaletteState, search: string, onReceiver: (receiver: Receiver) => void): Items {
  const found = useFound(state.mode, search);
  const local = localItems(state, search, onReceiver);
  const asked = search.trim();
  const fitting = state.mode === 'snooze' ? local : best(local, search, ({ label, detail }) => [label, detail ?? '']);
  return { items: [...fitting, ...found.items(state, asked)], isSearching: found.isSearching };
}

function localItems(state: PaletteState, search: string, onReceiver: (receiver: Receiver) => void): PaletteItem[] {
  switch (state.mode) {
    case 'all':
      return [...conversationActions(state.targets), ...openConversations(search), ...deskActions()];
    case 'snooze':
      return snoozeItems(state.targets, search);
    case 'assign':
      return receivers().map((receiver) => receiverItem(receiver, onReceiver));
    case 'tag':
      return tagItems(state.targets, search);
    case 'macro':
      return macroItems(state.targets);
    case 'article':
      return [];
  }
}

function snoozeItems(targets: readonly string[], search: string): PaletteItem[] {
  const written = snoozeFrom(search, new Date());
  const choices = written ? [written] : best(snoozeChoices(new Date()), search, ({ label }) => [label]);
  return choices.map(({ label, until }) => ({
    key: label,
    group: 'Snooze',
    label,
    icon: 'moon',
    act: () => {
      leaveList(targets);
      snooze(targets, until, label);
      clearSelection();
    },
  }));
}

function receiverItem(receiver: Receiver, onReceiver: (receiver: Receiver) => void): PaletteItem {
  return {
    key: receiver.id,
    group: receiver.kind === 'agent' ? 'Agents' : 'Queues',
    label: receiver.name,
    detail: receiver.detail,
    icon: receiver.kind === 'agent' ? 'user' : 'inbox',
    stays: true,
    act: () => onReceiver(receiver),
  };
}

function tagItems(targets: readonly string[], search: string): PaletteItem[] {
  const name = search.trim().toLowerCase();
  const known = knownTags.value.map((tag): PaletteItem => tagItem(targets, tag));
  const isNew = name !== '' && !knownTags.value.includes(name);
  return isNew ? [...known, { ...tagItem(targets, name), label: name, detail: 'new tag' }] : known;
}

function tagItem(targets: readonly string[], tag: string): PaletteItem {
  const isOn = targets.every((id) => tagsOf(id).includes(tag));
  return {
    key: tag,
    group: 'Tags',
    label: tag,
    icon: 'tag',
    isChosen: isOn,
    stays: targets.length === 1,
    act: () => setTag(targets, tag, !isOn),
  };
}

function macroItems(targets: readonly string[]): PaletteItem[] {
  const [target] = targets;
  return macros.value.map((macro) => ({
    key: macro.id,
    group: 'Macros',
    label: macro.name,
    detail: macroWords(macro),
    icon: 'bolt',
    act: () => target && runMacro(macro, target),
  }));
}

/** The rows that the list has, found by name and words without asking the server. */
function openConversations(search: string): PaletteItem[] {
  if (search.trim() === '') return [];
  return [...awake.value, ...waiting.value, ...snoozed.value].map((entry) => ({
    key: `open-${entry.conversation}`,
    group: 'Open conversations',
    label: visitorName(entry.visitor),
    detail: entry.preview,
    icon: 'inbox',
    act: () => goTo(entry.conversation),
  }));
}

interface Found {
  items: (state: PaletteState, search: string) => PaletteItem[];
  isSearching: boolean;
}

/** Asks the server while somebody types, and forgets answers that come too late. */
function useFound(mode: PaletteMode, search: string): Found {
  const [conversations, setConversations] = useState<readonly ConversationRow[]>([]);
  const [articles, setArticles] = useState<readonly FoundArticle[]>([]);
  const [isSearching, setSearching] = useState(false);
  const asked = search.trim();
  const isAsked = (mode === 'all' && asked.length >= SEARCHED_FROM) || mode === 'article';
  useEffect(() => {
    if (!isAsked) return;
    let isCurrent = true;
    setSearching(true);
    const timer = setTimeout(async () => {
      const [one, other] = await Promise.all([
        mode === 'all' ? findConversations(asked) : [],
        asked.length >= SEARCHED_FROM ? findArticles(asked) : [],
      ]);
      if (!isCurrent) return;
      setConversations(one);
      setArticles(other);
      setSearching(false);
    }, SEARCHED_AFTER_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [mode, asked]);
  const items = (state: PaletteState) =>
    isAsked ? [...conversations.map(conversationItem), ...articles.map((article) => articleItem(article, state))] : [];
  return { items, isSearching: isAsked && isSearching };
}

function conversationItem(found: ConversationRow): PaletteItem {
  const when = dayName(new Date(found.changed_at), new Date(), navigator.language);
  return {
    key: `found-${found.id}`,
    group: 'All conversations',
    label: rowName(found),
    detail: [STATUS[found.status], found.agent?.name, when, ...found.tags].filter(Boolean).join(', '),
    icon: 'find',
    act: () => goTo(found.id),
  };
}

function articleItem(article: FoundArticle, { mode, targets }: PaletteState): PaletteItem {
  const [target] = targets;
  const isInsert = mode === 'article' && target !== undefined;
  return {
    key: `article-${article.article}`,
    group: 'Articles',
    label: article.title,
    detail: article.snippet,
    icon: 'book',
    act: () => {
      if (isInsert) insertIntoReply(target, `${article.title}\n${article.url}`);
      else window.open(article.url, '_blank', 'noopener');
    },
  };
}
