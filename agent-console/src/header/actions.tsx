import { claim, giveBack, release, snooze, takeOver } from '../commands.ts';
import { leaveList, resolveAll } from '../list/moves.ts';
import { openPalette } from '../palette/palette-state.ts';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuGroup, MenuItem } from '../parts/menu.tsx';
import type { Holder } from '../stores/holder.ts';
import { markUnread } from '../stores/reading.ts';
import { mayTakeOver } from '../stores/take-over.ts';
import styles from './header.module.css';
import { openFind } from '../transcript/find.ts';
import { snoozeChoices } from './snooze-choices.ts';

interface ActionsProps {
  id: string;
  holder: Holder;
}

export function Actions({ id, holder }: ActionsProps) {
  if (holder.canBeClaimed) {
    const label = holder.status === 'with_bot' ? 'Take over' : 'Claim';
    return (
      <div class={styles.actions}>
        <More id={id} holder={holder} />
        <button type="button" class="button primary" onClick={() => claim(id)}>
          {label} <kbd aria-hidden="true">A</kbd>
        </button>
      </div>
    );
  }
  return (
    <div class={styles.actions}>
      {holder.isMine && (
        <div class={styles.snooze}>
          <Menu label="Snooze" button={<Icon name="moon" />} buttonClass="icon-button">
            <SnoozeItems id={id} />
          </Menu>
        </div>
      )}
      <More id={id} holder={holder} />
      {mayTakeOver(holder) && (
        <button type="button" class="button" onClick={() => takeOver(id)}>Take over</button>
      )}
      {holder.isMine && (
        <button type="button" class="button" onClick={() => resolveAll([id])}>
          <Icon name="check" size={16} />
          <span class={styles.label}>Resolve</span>
          <kbd aria-hidden="true">E</kbd>
        </button>
      )}
    </div>
  );
}

function More({ id, holder }: ActionsProps) {
  return (
    <Menu label="More" button={<Icon name="dots" />} buttonClass="icon-button">
      {holder.isMine && (
        <div class={styles.snoozeItems}>
          <MenuGroup label="Snooze"><SnoozeItems id={id} /></MenuGroup>
        </div>
      )}
      <MenuItem icon={<Icon name="find" size={16} />} onChoose={openFind}>Find in this conversation</MenuItem>
      <MenuItem icon={<Icon name="tag" size={16} />} onChoose={() => openPalette('tag', [id])}>Tags</MenuItem>
      <MenuItem icon={<Icon name="macro" size={16} />} onChoose={() => openPalette('macro', [id])}>Run a macro</MenuItem>
      <MenuItem icon={<Icon name="eye" size={16} />} onChoose={() => markUnread(id)}>Mark unread</MenuItem>
      {holder.isMine && (
        <MenuGroup label="Hand on">
          <MenuItem onChoose={() => openPalette('assign', [id])}>To a colleague or queue</MenuItem>
          <MenuItem onChoose={() => release(id)}>Release to the queue</MenuItem>
          <MenuItem onChoose={() => giveBack(id)}>Give back to the bot</MenuItem>
        </MenuGroup>
      )}
    </Menu>
  );
}

function SnoozeItems({ id }: { id: string }) {
  return (
    <>
      {snoozeChoices(new Date()).map(({ label, until }) => (
        <MenuItem
          key={label}
          onChoose={() => {
            leaveList([id]);
            snooze([id], until, label);
          }}
        >
          {label.charAt(0).toUpperCase() + label.slice(1)}
        </MenuItem>
      ))}
      <MenuItem onChoose={() => openPalette('snooze', [id])}>Another time</MenuItem>
    </>
  );
}
