import { enterSends } from '../stores/preferences.ts';
import styles from './composer.module.css';

/** The choice between Enter and Ctrl+Enter. */
export function EnterSends() {
  return (
    <label class={styles.setting}>
      <input
        type="checkbox"
        checked={enterSends.value}
        onChange={(event) => (enterSends.value = event.currentTarget.checked)}
      />
      Enter sends
    </label>
  );
}
