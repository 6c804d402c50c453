import type { PacketView } from 'web-shared/protocol/frames.ts';

import { knownValues } from '../composer/choices.ts';
import { insertIntoReply } from '../composer/insert.ts';
import { Icon } from '../parts/icon.tsx';
import { canned, fillCanned, type CannedResponse } from '../stores/canned.ts';
import { countUse } from '../stores/canned-edits.ts';
import { holderOf } from '../stores/holder.ts';
import { packetOf } from '../stores/packets.ts';
import { counted, namesList, signalWords } from '../words.ts';
import styles from './brief.module.css';

/** Why this conversation came to a person, in the time that a glance takes. */
export function Brief({ id }: { id: string }) {
  const packet = packetOf(id);
  if (!packet || !hasNews(packet)) return null;
  return (
    <section class={styles.brief} aria-label="Why a person is needed">
      {packet.why && <p class={styles.why} dir="auto">{sentence(packet.why)}</p>}
      {packet.signals.length > 0 && <Signals signals={packet.signals} />}
      {packet.requeued > 0 && <p>{requeuedWords(packet)}</p>}
      {packet.apologise && <p>The bot failed more than once: begin with an apology.</p>}
      {packet.canned && <Prepared id={id} shortcut={packet.canned} />}
    </section>
  );
}

/** Guesses are shown as guesses. */
function Signals({ signals }: { signals: readonly string[] }) {
  return (
    <p class={styles.signals}>
      {signals.map((signal) => <span key={signal} class="chip" data-tone="warn">{signalWords(signal)}</span>)}
      <small>an estimate</small>
    </p>
  );
}

/** A prepared text that may fit. */
function Prepared({ id, shortcut }: { id: string; shortcut: string }) {
  const one = canned.value.find((each) => each.shortcut === shortcut);
  const holder = holderOf(id);
  if (!one || !(holder.isMine || holder.canBeClaimed)) return null;
  return (
    <p class={styles.prepared}>
      <Icon name="bolt" size={15} />
      <span><b>/{shortcut}</b> {one.title}</span>
      <button type="button" class="button small" onClick={() => insert(id, one)}>
        Insert<span class="for-screen-readers">, {one.title}</span>
      </button>
    </p>
  );
}

function insert(id: string, one: CannedResponse): void {
  countUse(one.id);
  insertIntoReply(id, fillCanned(one.text, knownValues(id)));
}

function hasNews({ why, signals, requeued, apologise, canned: shortcut }: PacketView): boolean {
  return Boolean(why || signals.length > 0 || requeued > 0 || apologise || shortcut);
}

function requeuedWords({ requeued, passed }: PacketView): string {
  const times = `Came back to the queue ${counted(requeued, 'time')}`;
  return passed.length > 0 ? `${times}. Had it before: ${namesList(passed.map(({ name }) => name))}.` : `${times}.`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
