import { Icon } from '../parts/icon.tsx';
import { dismissToast, toasts, type Toast } from '../stores/toasts.ts';
import styles from './toasts.module.css';

/** The region is always there, so that screen readers hear what comes into it. */
export function Toasts() {
  return (
    <div class={styles.toasts} role="status" aria-label="Messages">
      {toasts.value.map((toast) => <Shown key={toast.id} toast={toast} />)}
    </div>
  );
}

function Shown({ toast: { id, text, tone, action } }: { toast: Toast }) {
  return (
    <div class={styles.toast} data-tone={tone}>
      <span>{text}</span>
      {action && (
        <button type="button" class={styles.action} onClick={action.act}>
          {action.label} {action.label === 'Undo' && <kbd aria-hidden="true">Z</kbd>}
        </button>
      )}
      <button type="button" class={styles.close} aria-label="Dismiss" onClick={() => dismissToast(id)}>
        <Icon name="close" size={15} />
      </button>
    </div>
  );
}
