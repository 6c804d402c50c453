const CHANNEL = 'frontdesk';

/** What the tabs of one site tell each other. */
export type TabNews = { type: 'reset' } | { type: 'begun' } | { type: 'seen' };

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
