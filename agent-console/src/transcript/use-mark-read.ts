import { useEffect } from 'preact/hooks';

import { markRead } from '../stores/reading.ts';

const READ_AFTER_MS = 1000;

/** A conversation is read when its end has been in view for a second. */
export function useMarkRead(id: string, isAtEnd: boolean, lastSeq: number): void {
  useEffect(() => {
    if (!isAtEnd) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (!document.hidden) timer = setTimeout(() => markRead(id), READ_AFTER_MS);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [id, isAtEnd, lastSeq]);
}
