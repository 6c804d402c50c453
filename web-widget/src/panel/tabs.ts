const CHANNEL = 'frontdesk';

/** What the tabs of one site tell each other. All of it is in the message: storage reaches other tabs later. */
export type TabNews =
  | { type: 'reset' }
  | { type: 'open'; isOpen: boolean }
  | { type: 'begun'; token?: string }
  | { type: 'seen'; conversation: string; seen: number };

export interface Tabs {
  tell(news: TabNews): void;
  close(): void;
}

export function joinTabs(onNews: (news: TabNews) => void): Tabs {
  if (typeof BroadcastChannel === 'undefined') return { tell() {}, close() {} };
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = (message: MessageEvent<TabNews>) => onNews(message.data);
  return {
    tell: (news) => channel.postMessage(news),
    close: () => channel.close(),
  };
}
