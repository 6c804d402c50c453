import { Dialog } from '../parts/dialog.tsx';
import { shortcutsAreOn } from '../stores/preferences.ts';
import { OTHER_KEYS, SHORTCUTS, shortcutsDialogIsOpen } from './shortcuts.ts';
import styles from './shortcuts-dialog.module.css';

export function ShortcutsDialog() {
  if (!shortcutsDialogIsOpen.value) return null;
  return (
    <Dialog title="Keyboard shortcuts" onClose={() => (shortcutsDialogIsOpen.value = false)}>
      <dl class={styles.keys}>
        {[...SHORTCUTS, ...OTHER_KEYS].map(({ keys, label }) => (
          <div key={label}>
            <dt>{keys.map((key) => <kbd>{key.length === 1 ? key.toUpperCase() : key}</kbd>)}</dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
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
