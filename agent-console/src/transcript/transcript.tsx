import { Fragment } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { changes } from '../stores/changes.ts';
import { conversation } from '../stores/conversations.ts';
import { entryOf } from '../stores/queue.ts';
import { forgetMark, readUpTo } from '../stores/reading.ts';
import { linkedMessage } from '../stores/route.ts';
import { typingVisitors } from '../stores/typing.ts';
import { visitorName } from '../words.ts';
import { FindBar } from './find-bar.tsx';
import { transcriptItems, type Item } from './items.ts';
import { ItemView } from './item-view.tsx';
import { PeopleContext } from './people.ts';
import styles from './transcript.module.css';
import { useEndOfLog } from './use-end-of-log.ts';
import { useMarkRead } from './use-mark-read.ts';

/** All that was said and done in a conversation; one instance a conversation. */
export function Transcript({ id }: { id: string }) {
  const state = conversation(id).value;
  const own = changes.value.filter((change) => change.frame.conversation === id);
  const items = useMemo(
    () => transcriptItems({ events: state.events, notes: state.notes, changes: own }),
    [state.events, state.notes, changes.value],
  );
  const entry = entryOf(id);
  const isLoading = state.lastSeq < (entry?.last_seq ?? 1);
  const unsent = items.filter((item) => item.kind === 'unsent').length;
  const length = state.lastSeq + state.notes.length + unsent;
  const { log, isAtEnd, missed, jumpToEnd } = useEndOfLog(length, unsent);
  useMarkRead(id, isAtEnd, state.lastSeq);
  useEffect(() => () => forgetMark(id), [id]);
  useLinkedMessage(state.lastSeq);
  const firstNew = useFirstNew(id, items);
  const people = { visitor: visitorName(entry?.visitor), conversation: id, seenByVisitor: state.seenByVisitor };
  return (
    <div class={styles.frame}>
      <div
        ref={log}
        class={styles.log}
        role="log"
        aria-label="Transcript"
        aria-busy={isLoading}
        tabIndex={0}
      >
        <div class={styles.content}>
          {items.length === 0 && isLoading && <p class={styles.loading}>Loading the conversation</p>}
          <PeopleContext.Provider value={people}>
            {items.map((item) => (
              <Fragment key={item.key}>
                {item.key === firstNew && <p class={styles.unread}><span>New</span></p>}
                <ItemView item={item} />
              </Fragment>
            ))}
          </PeopleContext.Provider>
          {typingVisitors.value.has(id) && <VisitorTypes name={people.visitor} />}
        </div>
      </div>
      <FindBar log={log} length={length} />
      {!isAtEnd && (
        <button type="button" class={styles.jump} onClick={jumpToEnd}>
          <Icon name="arrowDown" size={15} />
          {missed > 0 ? `${missed} new` : 'To the end'}
        </button>
      )}
    </div>
  );
}

/** Where the messages begin that were new when the conversation was opened. */
function useFirstNew(id: string, items: readonly Item[]): string | undefined {
  const [readBefore] = useState(() => readUpTo(id));
  if (readBefore === 0) return undefined;
  return items.find((item) => item.kind === 'messages' && isNewFromVisitor(item, readBefore))?.key;
}

function isNewFromVisitor({ messages }: Item & { kind: 'messages' }, readBefore: number): boolean {
  const [first] = messages;
  return first !== undefined && first.event.seq > readBefore && first.event.author.kind === 'visitor';
}

/** Brings the message into view that a link points at. */
function useLinkedMessage(lastSeq: number): void {
  const linked = linkedMessage.value;
  useEffect(() => {
    if (linked !== null && linked <= lastSeq) document.getElementById(`message-${linked}`)?.scrollIntoView({ block: 'center' });
  }, [linked, linked !== null && linked <= lastSeq]);
}

function VisitorTypes({ name }: { name: string }) {
  return (
    <p class={styles.typing}>
      <span aria-hidden="true"><i /><i /><i /></span>
      {name} is typing
    </p>
  );
}
