import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const NEAR_PX = 48;
const UNFOLDED_AFTER_MS = 100;

/**
 * Keeps the end in view while the agent is there; elsewhere it counts what is missed. What the agent
 * sends (`sent` grows) is always shown.
 */
export function useEndOfLog(length: number, sent: number) {
  const log = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const [seenLength, setSeenLength] = useState(length);
  const isAtEndNow = useRef(true);

  const jumpToEnd = () => {
    const element = log.current;
    if (element) element.scrollTop = element.scrollHeight;
  };

  useLayoutEffect(() => {
    const element = log.current;
    const content = element?.firstElementChild;
    if (!element || !content) return;
    const look = () => {
      isAtEndNow.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
      setAtEnd(isAtEndNow.current);
    };
    // Pictures that load and a composer that grows must not push the end out of view.
    const observer = new ResizeObserver(() => (isAtEndNow.current ? jumpToEnd() : look()));
    // What the agent unfolds must not run away upwards.
    const onClick = () => {
      isAtEndNow.current = false;
      setTimeout(look, UNFOLDED_AFTER_MS);
    };
    element.addEventListener('click', onClick);
    observer.observe(content);
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
      element.removeEventListener('click', onClick);
    };
  }, []);

  const sentBefore = useRef(sent);
  useLayoutEffect(() => {
    if (sent > sentBefore.current) jumpToEnd();
    sentBefore.current = sent;
  }, [sent]);

  useLayoutEffect(() => {
    if (!isAtEndNow.current) return;
    jumpToEnd();
    setSeenLength(length);
  }, [length, isAtEnd]);

  return { log, isAtEnd, missed: Math.max(0, length - seenLength), jumpToEnd };
}
