import { claim, giveBack, release, snooze } from '../commands.ts';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuGroup, MenuItem } from '../parts/menu.tsx';
import type { Holder } from '../stores/holder.ts';
import { resolveAndGoOn } from '../list/moves.ts';
import styles from './header.module.css';
import { snoozeChoices } from './snooze-choices.ts';

interface ActionsProps {
  id: string;
  holder: Holder;
}

export function Actions({ id, holder }: ActionsProps) {
  if (holder.canBeClaimed) {
    return (
      <button type="button" class="button primary" onClick={() => claim(id)}>
        Claim <kbd aria-hidden="true">A</kbd>
      </button>
    );
  }
  if (!holder.isMine) return null;
  return (
    <div class={styles.actions}>
      <div class={styles.snooze}>
        <Menu label="Snooze" button={<Icon name="moon" />} buttonClass="icon-button">
          <SnoozeItems id={id} />
        </Menu>
      </div>
      <Menu label="More" button={<Icon name="dots" />} buttonClass="icon-button">
        <div class={styles.snoozeItems}>
          <MenuGroup label="Snooze"><SnoozeItems id={id} /></MenuGroup>
        </div>
        <MenuItem onChoose={() => release(id)}>Release to the queue</MenuItem>
        <MenuItem onChoose={() => giveBack(id)}>Give back to the bot</MenuItem>
      </Menu>
      <button type="button" class="button" onClick={() => resolveAndGoOn(id)}>
        <Icon name="check" size={16} />
        <span class={styles.label}>Resolve</span>
        <kbd aria-hidden="true">E</kbd>
      </button>
    </div>
  );
}

function SnoozeItems({ id }: { id: string }) {
  return (
    <>
      {snoozeChoices(new Date()).map(({ label, until }) => (
        <MenuItem key={label} onChoose={() => snooze(id, until)}>{label}</MenuItem>
      ))}
    </>
  );
}
