import { openCannedForm } from '../settings/canned-form-state.ts';
import { Icon } from '../parts/icon.tsx';
import { Menu, MenuGroup, MenuItem } from '../parts/menu.tsx';
import { draft, type Mode } from '../stores/drafts.ts';
import { enterSends } from '../stores/preferences.ts';

interface SendMenuProps {
  id: string;
  mode: Mode;
  canSend: boolean;
  onSendAndResolve: () => void;
}

/** Other ways to send, and how Enter works. */
export function SendMenu({ id, mode, canSend, onSendAndResolve }: SendMenuProps) {
  const text = draft(id, mode).value.trim();
  return (
    <Menu
      label="Send options"
      opens="above"
      button={<Icon name="down" size={16} />}
      buttonClass={`button send-options ${mode === 'note' ? 'note' : 'primary'}`}
    >
      {mode === 'reply' && canSend && <MenuItem onChoose={onSendAndResolve}>Send and resolve</MenuItem>}
      {mode === 'reply' && text !== '' && (
        <MenuItem onChoose={() => openCannedForm({ text })}>Keep as a canned response</MenuItem>
      )}
      <MenuGroup label="To send, press">
        <MenuItem isChosen={enterSends.value} onChoose={() => (enterSends.value = true)}>Enter</MenuItem>
        <MenuItem isChosen={!enterSends.value} onChoose={() => (enterSends.value = false)}>Ctrl Enter</MenuItem>
      </MenuGroup>
    </Menu>
  );
}
