import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Desk } from './desk.ts';

interface StickToEnd {
  ref: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  /** The last number that was on the screen with the end in view. */
  seenSeq: number;
  toEnd: () => void;
}

const CLOSE_ENOUGH = 24;

/** Keeps the log at its end while the reader is there, and leaves it alone while they read further up. */
export function useStickToEnd(desk: Desk, ownCount: number): StickToEnd {
  const ref = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [seenSeq, setSeenSeq] = useState(0);
  const { lastSeq } = desk.state;

  const toEnd = () => {
    ref.current!.scrollTop = ref.current!.scrollHeight;
    setAtEnd(true);
  };
  // What the visitor writes is always brought into view.
  useLayoutEffect(toEnd, [ownCount]);
  useLayoutEffect(() => {
    if (isAtEnd) ref.current!.scrollTop = ref.current!.scrollHeight;
  });
  useEffect(() => {
    const see = () => {
      if (!isAtEnd || document.visibilityState !== 'visible') return;
      setSeenSeq(lastSeq);
      desk.saw(lastSeq);
    };
    see();
    document.addEventListener('visibilitychange', see);
    return () => document.removeEventListener('visibilitychange', see);
  }, [isAtEnd, lastSeq, desk.connection]);
  useEffect(() => {
    const log = ref.current!;
    const onScroll = () => setAtEnd(log.scrollHeight - log.scrollTop - log.clientHeight < CLOSE_ENOUGH);
    log.addEventListener('scroll', onScroll, { passive: true });
    const resize = new ResizeObserver(() => setAtEnd((was) => (was && (log.scrollTop = log.scrollHeight), was)));
    resize.observe(log);
    resize.observe(log.firstElementChild!);
    return () => {
      log.removeEventListener('scroll', onScroll);
      resize.disconnect();
    };
  }, []);
  return { ref, isAtEnd, seenSeq, toEnd };
}
