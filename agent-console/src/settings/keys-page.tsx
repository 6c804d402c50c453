import { useEffect, useState } from 'preact/hooks';
import { dayName } from 'web-shared/time.ts';

import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { now } from '../stores/clock.ts';
import { listKeys, revokeKey, type ApiKey } from '../stores/keys.ts';
import { queueTitle } from '../stores/queues.ts';
import { complain, showToast } from '../stores/toasts.ts';
import { ROLE } from '../words.ts';
import { KeyForm } from './key-form.tsx';
import styles from './settings.module.css';

/** The keys that programs use the API with. */
export function KeysPage() {
  const [keys, setKeys] = useState<readonly ApiKey[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isMaking, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const load = async () => {
    const answer = await listKeys();
    if (answer.ok) setKeys(answer.value);
    else setProblem(answer.problem.message);
  };
  useEffect(() => void load(), []);
  return (
    <>
      <div class={styles.top}>
        <div>
          <h2>API keys</h2>
          <p class={styles.lead}>
            For programs. What they can do is in <a href="/api/v1/openapi.json" target="_blank" rel="noopener">the API’s description</a>.
          </p>
        </div>
        <button type="button" class="button primary" onClick={() => setMaking(true)}><Icon name="plus" size={16} /> New</button>
      </div>
      {problem && <p class={styles.problem} role="alert">{problem}</p>}
      {keys?.length === 0 && <p class={styles.empty}><b>There are none yet</b>A program that reads or writes here needs one.</p>}
      {keys && keys.length > 0 && (
        <ul class={styles.list}>{inOrder(keys).map((key) => <Row key={key.id} one={key} onRevoke={() => setRevoked(key)} />)}</ul>
      )}
      {isMaking && <KeyForm onClose={() => (setMaking(false), void load())} />}
      {revoked && <Revoke one={revoked} onClose={() => (setRevoked(null), void load())} />}
    </>
  );
}

function Row({ one, onRevoke }: { one: ApiKey; onRevoke: () => void }) {
  return (
    <li class={one.revoked_at ? styles.off : undefined}>
      <div class={styles.about}>
        <b>
          {one.name} <span class="chip">{ROLE[one.role] ?? one.role}</span>
          <span class="chip">{one.scope === 'read' ? 'Looking only' : 'Looking and changing'}</span>
          {one.revoked_at && <span class="chip" data-tone="bad">Revoked</span>}
        </b>
        <p>{one.queues.length > 0 ? `Sees ${one.queues.map(queueTitle).join(', ')}` : `Made by ${one.made_by}`}, {day(one.made_at)}</p>
        <p>{one.used_at ? `Last used ${day(one.used_at)}` : 'Never used'}</p>
      </div>
      {!one.revoked_at && (
        <button type="button" class="button small" onClick={onRevoke}>
          Revoke<span class="for-screen-readers"> {one.name}</span>
        </button>
      )}
    </li>
  );
}

/** There is no way back, so it is asked once. */
function Revoke({ one, onClose }: { one: ApiKey; onClose: () => void }) {
  const revoke = async () => {
    const problem = await revokeKey(one.id);
    if (problem) complain(problem.message);
    else showToast(`${one.name} is revoked.`);
    onClose();
  };
  return (
    <Dialog title={`Revoke ${one.name}?`} onClose={onClose}>
      <div class={styles.secret}>
        <p>Whatever uses it is refused from now on. It cannot be taken back; you can make a new key.</p>
        <div class={styles.row}>
          <button type="button" class="button primary" onClick={() => void revoke()}>Revoke it</button>
          <button type="button" class="button" onClick={onClose}>Cancel</button>
        </div>
      </div>
    </Dialog>
  );
}

/** Those that work first. */
function inOrder(keys: readonly ApiKey[]): ApiKey[] {
  return keys.toSorted((one, other) => Number(one.revoked_at !== null) - Number(other.revoked_at !== null));
}

function day(at: string): string {
  return dayName(new Date(at), new Date(now.peek()), navigator.language);
}
