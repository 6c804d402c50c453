import { useState } from 'preact/hooks';

import { Dialog } from '../parts/dialog.tsx';
import { ChoiceField, Field, Form } from '../sign-in/form.tsx';
import { makeKey, type KeyScope } from '../stores/keys.ts';
import { queues } from '../stores/queues.ts';
import { complain, showToast } from '../stores/toasts.ts';
import { ROLE } from '../words.ts';
import styles from './settings.module.css';

const ROLES = Object.entries(ROLE).map(([value, label]) => ({ value, label }));
const SCOPES: readonly { value: KeyScope; label: string }[] = [
  { value: 'read', label: 'Looking only' },
  { value: 'write', label: 'Everything that the role may do' },
];

/** Makes a key; its secret is shown once, until the dialog is closed. */
export function KeyForm({ onClose }: { onClose: () => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const make = async (values: FormData) => {
    const text = (name: string) => String(values.get(name) ?? '').trim();
    const chosen = values.getAll('queue').map(String);
    const answer = await makeKey({ name: text('name'), role: text('role'), scope: text('scope') as KeyScope, queues: chosen });
    if (!answer.ok) return answer.problem;
    setSecret(answer.value.secret);
    return null;
  };
  if (secret) return <Dialog title="The new key" onClose={onClose}><Secret secret={secret} onDone={onClose} /></Dialog>;
  return (
    <Dialog title="New API key" onClose={onClose}>
      <Form button="Make the key" busyButton="Making it" onSubmit={make}>
        <Field label="What it is for" name="name" hint="Like “nightly report”." isFirst />
        <ChoiceField label="Role" name="role" value="agent" choices={ROLES} hint="It may do what somebody with this role may do." />
        <ChoiceField label="Use" name="scope" value="read" choices={SCOPES} />
        {queues.value.length > 1 && (
          <fieldset class="fields">
            <legend>Queues</legend>
            <p class="hint">What a key with the role agent sees. Other roles see all of them.</p>
            {queues.value.map(({ name, title }) => (
              <label key={name} class="check"><input type="checkbox" name="queue" value={name} />{title}</label>
            ))}
          </fieldset>
        )}
      </Form>
    </Dialog>
  );
}

function Secret({ secret, onDone }: { secret: string; onDone: () => void }) {
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => showToast('The key is copied.'),
      () => complain('The browser did not let us copy it. Select it and copy it yourself.'),
    );
  return (
    <div class={styles.secret}>
      <p>Keep it now where your program finds it: nobody can see it again, not even you.</p>
      <input type="text" readOnly aria-label="The key" value={secret} onFocus={(event) => event.currentTarget.select()} />
      <p class="hint">Send it as <code>Authorization: Bearer …</code></p>
      <div class={styles.row}>
        <button type="button" class="button primary" onClick={() => void copy()}>Copy</button>
        <button type="button" class="button" onClick={onDone}>I have kept it</button>
      </div>
    </div>
  );
}
