import type { Availability } from 'web-shared/protocol/frames.ts';

import { setAvailability } from '../commands.ts';
import { shortcutsDialogIsOpen } from '../keyboard/shortcuts-state.ts';
import { openPalette } from '../palette/palette-state.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Menu, MenuGroup, MenuItem } from '../parts/menu.tsx';
import { sendAllHeld } from '../stores/held.ts';
import { soundIsOn, theme, type Theme } from '../stores/preferences.ts';
import { availability, me } from '../stores/presence.ts';
import { waitingTotal } from '../stores/queue.ts';
import { maySupervise } from '../stores/roles.ts';
import { goTo, goToSection, section, type Section } from '../stores/route.ts';
import { signOut } from '../stores/session.ts';
import { complain } from '../stores/toasts.ts';
import { AVAILABILITY, counted } from '../words.ts';
import styles from './rail.module.css';

const AVAILABILITIES: readonly Availability[] = ['online', 'away', 'offline'];
const THEMES: readonly { theme: Theme; label: string; icon: IconName }[] = [
  { theme: 'light', label: 'Light', icon: 'sun' },
  { theme: 'dark', label: 'Dark', icon: 'moon' },
  { theme: 'system', label: 'Like the system', icon: 'screen' },
];

/** Where one is in the console, and who one is. */
export function Rail() {
  return (
    <nav class={styles.rail} aria-label="Main">
      <span class={styles.logo}><Icon name="spark" size={20} /></span>
      <InboxLink />
      <a class={`${styles.button} ${styles.wide}`} href="/help" target="_blank" rel="noopener" aria-label="Help pages" title="Help pages">
        <Icon name="book" />
      </a>
      {maySupervise.value && <Place to="insights" label="Insights" icon="chart" />}
      {maySupervise.value && <Place to="team" label="Team" icon="users" />}
      <span class={styles.space} />
      <button
        type="button"
        class={styles.button}
        aria-label="Search and commands"
        title="Search and commands (Ctrl K)"
        onClick={() => openPalette('all')}
      >
        <Icon name="find" />
      </button>
      <button
        type="button"
        class={`${styles.button} ${styles.wide}`}
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts"
        onClick={() => (shortcutsDialogIsOpen.value = true)}
      >
        <Icon name="keyboard" />
      </button>
      <Place to="settings" label="Settings" icon="gear" />
      <AccountMenu />
    </nav>
  );
}

function InboxLink() {
  const count = waitingTotal.value;
  return (
    <a
      class={styles.button}
      href="#/inbox"
      aria-current={section.value === 'inbox' ? 'page' : undefined}
      aria-label={count > 0 ? `Inbox, ${counted(count, 'visitor')} waiting` : 'Inbox'}
      title="Inbox"
      onClick={(event) => (event.preventDefault(), goTo(null))}
    >
      <Icon name="inbox" />
      {count > 0 && <span class={styles.badge}>{count > 99 ? '99+' : count}</span>}
    </a>
  );
}

function Place({ to, label, icon }: { to: Section; label: string; icon: IconName }) {
  return (
    <a
      class={styles.button}
      href={`#/${to}`}
      aria-current={section.value === to ? 'page' : undefined}
      aria-label={label}
      title={label}
      onClick={(event) => (event.preventDefault(), goToSection(to))}
    >
      <Icon name={icon} />
    </a>
  );
}

function AccountMenu() {
  const agent = me.value;
  if (!agent) return null;
  const label = `${agent.name}, ${AVAILABILITY[availability.value].toLowerCase()}`;
  const avatar = <Avatar name={agent.name} seed={agent.id} availability={availability.value} />;
  return (
    <Menu label={label} button={avatar} buttonClass={styles.account!} opens="beside">
      <MenuGroup label={agent.name}>
        {AVAILABILITIES.map((each) => (
          <MenuItem
            key={each}
            isChosen={availability.value === each}
            icon={<span class={styles.dot} data-state={each} />}
            onChoose={() => setAvailability(each)}
          >
            {AVAILABILITY[each]}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuGroup label="Theme">
        {THEMES.map((each) => (
          <MenuItem
            key={each.theme}
            isChosen={theme.value === each.theme}
            icon={<Icon name={each.icon} />}
            onChoose={() => (theme.value = each.theme)}
          >
            {each.label}
          </MenuItem>
        ))}
      </MenuGroup>
      <MenuItem onChoose={() => (soundIsOn.value = !soundIsOn.value)}>
        {soundIsOn.value ? 'Turn the sound off' : 'Turn the sound on'}
      </MenuItem>
      <MenuItem onChoose={leave}>Sign out</MenuItem>
    </Menu>
  );
}

async function leave(): Promise<void> {
  sendAllHeld();
  const problem = await signOut();
  if (problem) complain(problem.message);
}
