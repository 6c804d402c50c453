import type { FunctionComponent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

import { mayAdministrate } from '../stores/roles.ts';
import { goToSection, settingsPage } from '../stores/route.ts';
import { AgentsPage } from './agents-page.tsx';
import { AuditPage } from './audit-page.tsx';
import { CannedPage } from './canned-page.tsx';
import { KeysPage } from './keys-page.tsx';
import { MacrosPage } from './macros-page.tsx';
import { QueuesPage } from './queues-page.tsx';
import styles from './settings.module.css';
import { YouPage } from './you-page.tsx';

interface SettingsPage {
  key: string;
  label: string;
  forAdministrators: boolean;
  Content: FunctionComponent;
}

const PAGES: readonly SettingsPage[] = [
  { key: 'you', label: 'Your desk', forAdministrators: false, Content: YouPage },
  { key: 'canned', label: 'Canned responses', forAdministrators: false, Content: CannedPage },
  { key: 'macros', label: 'Macros', forAdministrators: false, Content: MacrosPage },
  { key: 'agents', label: 'Agents and roles', forAdministrators: true, Content: AgentsPage },
  { key: 'queues', label: 'Queues and hours', forAdministrators: true, Content: QueuesPage },
  { key: 'keys', label: 'API keys', forAdministrators: true, Content: KeysPage },
  { key: 'audit', label: 'Audit log', forAdministrators: true, Content: AuditPage },
];

/** What each agent sets for themselves, and what an administrator sets for all. */
export function Settings() {
  const pages = PAGES.filter((page) => !page.forAdministrators || mayAdministrate.value);
  const open = pages.find((page) => page.key === settingsPage.value) ?? pages[0]!;
  const nav = useRef<HTMLElement>(null);
  // On a phone the pages stand in a line that is longer than the screen.
  useEffect(() => nav.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' }), [open.key]);
  return (
    <div class={styles.settings}>
      <nav ref={nav} class={styles.nav} aria-label="Settings">
        <h1>Settings</h1>
        {pages.map(({ key, label }) => (
          <a
            key={key}
            href={`#/settings/${key}`}
            aria-current={key === open.key ? 'page' : undefined}
            onClick={(event) => (event.preventDefault(), goToSection('settings', key))}
          >
            {label}
          </a>
        ))}
      </nav>
      <div class={styles.page}><open.Content key={open.key} /></div>
    </div>
  );
}
