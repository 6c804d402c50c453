import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { startReminders } from '../alerts/alerts.ts';
import { startIdleWatch } from '../alerts/idle.ts';
import { startShortcuts } from '../keyboard/listen.ts';
import { openDesk } from '../open-desk.ts';
import { Rail } from '../rail/rail.tsx';
import { me } from '../stores/presence.ts';
import { contextIsFolded, listIsFolded } from '../stores/preferences.ts';
import { openConversation, section, type Section } from '../stores/route.ts';
import styles from './desk.module.css';
import { Inbox } from './inbox.tsx';
import { OfflineBanner } from './offline-banner.tsx';

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
  const place = section.value;
  return (
    <div
      class={styles.desk}
      data-section={place}
      data-open={openConversation.value !== null}
      data-list={listIsFolded.value ? 'folded' : 'shown'}
      data-context={contextIsFolded.value ? 'folded' : 'shown'}
    >
      <OfflineBanner />
      <Rail />
      {place === 'inbox' ? <Inbox /> : <Page key={place} place={place} />}
    </div>
  );
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
