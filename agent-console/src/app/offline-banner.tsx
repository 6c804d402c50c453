import type { ComponentChildren } from 'preact';

import { Icon } from '../parts/icon.tsx';
import { isOffline, isRefused, retryNow } from '../stores/socket.ts';
import styles from './offline-banner.module.css';

/** Says that the screen may be old. What is written meanwhile is kept and sent later. */
export function OfflineBanner() {
  if (isRefused.value) return <Banner text="The desk refused this page. Reload it to go on." />;
  if (!isOffline.value) return null;
  return (
    <Banner text="No connection. What you write is kept and sent when it is back.">
      <button type="button" class="text-button" onClick={retryNow}>Try now</button>
    </Banner>
  );
}

function Banner({ text, children }: { text: string; children?: ComponentChildren }) {
  return (
    <div class={styles.banner} role="status">
      <Icon name="alert" size={16} />
      <span>{text}</span>
      {children}
    </div>
  );
}
