import type { Availability } from 'web-shared/protocol/frames.ts';

import { setAvailability } from '../commands.ts';
import { allowNotifications, permission } from '../alerts/notification.ts';
import { shortcutsDialogIsOpen } from '../keyboard/shortcuts.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Menu, MenuGroup, MenuItem } from '../parts/menu.tsx';
import { soundIsOn, theme, type Theme } from '../stores/preferences.ts';
import { availability, me } from '../stores/presence.ts';
import { waitingTotal } from '../stores/queue.ts';
import { goTo } from '../stores/route.ts';
import { signOut } from '../stores/session.ts';
import { showToast } from '../stores/toasts.ts';
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
      <span class={styles.space} />
      <button
        type="button"
        class={styles.button}
        aria-label="Keyboard shortcuts"
        title="Keyboard shortcuts"
        onClick={() => (shortcutsDialogIsOpen.value = true)}
      >
        <Icon name="keyboard" />
      </button>
      <ThemeMenu />
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
      aria-current="page"
      aria-label={count > 0 ? `Inbox, ${counted(count, 'visitor')} waiting` : 'Inbox'}
      title="Inbox"
      onClick={(event) => (event.preventDefault(), goTo(null))}
    >
      <Icon name="inbox" />
      {count > 0 && <span class={styles.badge}>{count > 99 ? '99+' : count}</span>}
    </a>
  );
}

function ThemeMenu() {
  const icon = THEMES.find((each) => each.theme === theme.value)!.icon;
  return (
    <Menu label="Theme" button={<Icon name={icon} />} buttonClass={styles.button!} opens="beside">
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
    </Menu>
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
      <MenuGroup label="When somebody waits">
        <MenuItem onChoose={() => (soundIsOn.value = !soundIsOn.value)}>
          {soundIsOn.value ? 'Turn the sound off' : 'Turn the sound on'}
        </MenuItem>
        {permission.value === 'default' && (
          <MenuItem onChoose={() => void allowNotifications()}>Show notifications</MenuItem>
        )}
      </MenuGroup>
      <MenuItem onChoose={leave}>Sign out</MenuItem>
    </Menu>
  );
}

async function leave(): Promise<void> {
  const problem = await signOut();
  if (problem) showToast(problem.message, 'bad');
}
