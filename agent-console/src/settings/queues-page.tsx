import styles from './settings.module.css';

export function QueuesPage() {
  return <h2 class={styles.lead}>Queues and hours</h2>;
}
