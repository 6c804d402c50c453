import { packetOf } from '../stores/packets.ts';
import styles from './context.module.css';

/** What the bot believes of the visitor's mood: an estimate, and called so. */
export function Signals({ id }: { id: string }) {
  const signals = packetOf(id)?.signals ?? [];
  if (signals.length === 0) return null;
  return (
    <section class={styles.section} aria-labelledby="signals-title">
      <h2 id="signals-title" class={styles.title}>Estimated</h2>
      <div class={styles.tags}>
        {signals.map((signal) => <span key={signal} class="chip" data-tone="warn">{signal}</span>)}
      </div>
    </section>
  );
}
