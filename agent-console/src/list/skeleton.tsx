import { useEffect, useState } from 'preact/hooks';

import styles from './row.module.css';

const SHOWN_AFTER_MS = 300;

/** Grey rows while the list is on its way; not for waits that nobody notices. */
export function SkeletonRows() {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!isLate) return null;
  return (
    <div class={styles.skeleton} role="status" aria-label="Loading">
      {[0, 1, 2, 3].map((row) => <span key={row} />)}
    </div>
  );
}
