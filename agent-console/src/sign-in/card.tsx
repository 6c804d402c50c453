import type { ComponentChildren } from 'preact';

import { Icon } from '../parts/icon.tsx';
import styles from './card.module.css';

interface CardProps {
  title: string;
  lead?: string | undefined;
  children: ComponentChildren;
}

/** One card on canvas: all that there is before the desk. */
export function Card({ title, lead, children }: CardProps) {
  return (
    <main class={styles.canvas}>
      <div class={styles.card}>
        <span class={styles.logo}><Icon name="spark" size={22} /></span>
        <h1>{title}</h1>
        {lead && <p class={styles.lead}>{lead}</p>}
        {children}
      </div>
    </main>
  );
}
