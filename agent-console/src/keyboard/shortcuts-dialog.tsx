import { Dialog } from '../parts/dialog.tsx';
import { keyName } from '../parts/keys.tsx';
import { shortcutsAreOn } from '../stores/preferences.ts';
import { OTHER_KEYS, SHORTCUTS, type Shortcut } from './shortcuts.ts';
import { shortcutsDialogIsOpen } from './shortcuts-state.ts';
import styles from './shortcuts-dialog.module.css';

const GROUPS: readonly Shortcut['group'][] = ['Move', 'Conversation', 'Write', 'Desk'];

export function ShortcutsDialog() {
  if (!shortcutsDialogIsOpen.value) return null;
  const all = [...SHORTCUTS, ...OTHER_KEYS];
  return (
    <Dialog title="Keyboard shortcuts" size="wide" onClose={() => (shortcutsDialogIsOpen.value = false)}>
      <div class={styles.groups}>
        {GROUPS.map((group) => (
          <section key={group}>
            <h3 class={styles.heading}>{group}</h3>
            <dl class={styles.keys}>
              {all.filter((each) => each.group === group).map(({ keys, label }) => (
                <div key={label}>
                  <dt>{printed(keys).map((key) => <kbd key={key}>{key}</kbd>)}</dt>
                  <dd>{label}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label class={styles.setting}>
        <input
          type="checkbox"
          checked={shortcutsAreOn.value}
          onChange={(event) => (shortcutsAreOn.value = event.currentTarget.checked)}
        />
        Use single keys
      </label>
    </Dialog>
  );
}

/** A capital letter is pressed with Shift. */
function printed(keys: readonly string[]): string[] {
  return keys.flatMap((key) => (/^[A-Z]$/.test(key) && keys.length === 1 ? [keyName('Shift'), key] : [keyName(key)]));
}
