import { claim, giveBack, release, snooze } from '../commands.ts';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuItem } from '../parts/menu.tsx';
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
      <SnoozeMenu id={id} />
      <Menu label="More" button={<Icon name="dots" />} buttonClass="icon-button">
        <MenuItem onChoose={() => release(id)}>Release to the queue</MenuItem>
        <MenuItem onChoose={() => giveBack(id)}>Give back to the bot</MenuItem>
      </Menu>
      <button type="button" class="button" onClick={() => resolveAndGoOn(id)}>
        <Icon name="check" size={16} />
        Resolve
        <kbd aria-hidden="true">E</kbd>
      </button>
    </div>
  );
}

function SnoozeMenu({ id }: { id: string }) {
  return (
    <Menu label="Snooze" button={<Icon name="moon" />} buttonClass="icon-button">
      {snoozeChoices(new Date()).map(({ label, until }) => (
        <MenuItem key={label} onChoose={() => snooze(id, until)}>{label}</MenuItem>
      ))}
    </Menu>
  );
}
