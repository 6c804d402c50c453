import { Icon } from '../parts/icon.tsx';
import { dismissToast, toasts } from '../stores/toasts.ts';
import styles from './toasts.module.css';

/** The region is always there, so that screen readers hear what comes into it. */
export function Toasts() {
  return (
    <div class={styles.toasts} role="status" aria-label="Messages">
      {toasts.value.map(({ id, text, tone }) => (
        <div key={id} class={styles.toast} data-tone={tone}>
          <span>{text}</span>
          <button type="button" aria-label="Dismiss" onClick={() => dismissToast(id)}>
            <Icon name="close" size={15} />
          </button>
        </div>
      ))}
    </div>
  );
}
