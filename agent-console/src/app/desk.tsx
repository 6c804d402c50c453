import type { FunctionComponent } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

import { startReminders } from '../alerts/alerts.ts';
import { startIdleWatch } from '../alerts/idle.ts';
import { startShortcuts } from '../keyboard/listen.ts';
import { openDesk } from '../open-desk.ts';
import { Rail } from '../rail/rail.tsx';
import { me } from '../stores/presence.ts';
import { PANES } from '../stores/panes.ts';
import { contextIsFolded, listIsFolded } from '../stores/preferences.ts';
import { contextIsOpen, goTo, hideContext, openConversation, section, type Section } from '../stores/route.ts';
import styles from './desk.module.css';
import { Inbox } from './inbox.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import { onSwipeBack } from './swipe.ts';

/** On narrower screens there is the list, or a conversation. */
const ONE_PANE = '(max-width: 899px)';

/** All but the inbox is fetched when it is first wanted. */
const PAGES: Readonly<Record<Exclude<Section, 'inbox'>, () => Promise<FunctionComponent>>> = {
  team: async () => (await import('../team/team.tsx')).Team,
  insights: async () => (await import('../insights/insights.tsx')).Insights,
  settings: async () => (await import('../settings/settings.tsx')).Settings,
};

/** What an agent sees who is signed in: the rail, and the part of the console that is open. */
export function Desk() {
  const agent = me.value?.id;
  useEffect(() => (agent ? openDesk(agent) : undefined), [agent]);
  useEffect(startShortcuts, []);
  useEffect(startReminders, []);
  useEffect(startIdleWatch, []);
  const desk = useRef<HTMLDivElement>(null);
  useEffect(() => desk.current ? onSwipeBack(desk.current, goBack) : undefined, []);
  const place = section.value;
  return (
    <div
      ref={desk}
      class={styles.desk}
      data-section={place}
      data-open={openConversation.value !== null}
      data-list={listIsFolded.value ? 'folded' : 'shown'}
      data-context={contextIsFolded.value ? 'folded' : 'shown'}
      style={{ '--list': `${PANES.list.width.value}px`, '--context': `${PANES.context.width.value}px` }}
    >
      <OfflineBanner />
      <Rail />
      {place === 'inbox' ? <Inbox /> : <Page key={place} place={place} />}
    </div>
  );
}

/** Where panes lie over each other, a swipe takes the upper one away: context, conversation, list. */
function goBack(): void {
  if (contextIsOpen.peek()) hideContext();
  else if (openConversation.peek() !== null && matchMedia(ONE_PANE).matches) goTo(null);
}

function Page({ place }: { place: Exclude<Section, 'inbox'> }) {
  const [Content, setContent] = useState<FunctionComponent | null>(null);
  const [hasFailed, setFailed] = useState(false);
  useEffect(() => {
    PAGES[place]().then((loaded) => setContent(() => loaded), () => setFailed(true));
  }, [place]);
  return (
    <main class={styles.page}>
      {hasFailed && <p class={styles.failed}>This page could not be loaded. Reload to try again.</p>}
      {Content && <Content />}
    </main>
  );
}
