import { useEffect, useState } from 'preact/hooks';

import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { Field, Form } from '../sign-in/form.tsx';
import { loadMacros, macros, removeMacro, saveMacro, type Macro, type MacroStep } from '../stores/macros.ts';
import { complain } from '../stores/toasts.ts';
import { MacroSteps } from './macro-steps.tsx';
import styles from './settings.module.css';

/** Several acts in one, for what is done again and again. */
export function MacrosPage() {
  const [edited, setEdited] = useState<Pick<Macro, 'name' | 'steps'> & { id?: string } | null>(null);
  useEffect(() => void loadMacros(), []);
  return (
    <>
      <div class={styles.top}>
        <div>
          <h2>Macros</h2>
          <p class={styles.lead}>Reply, tag, hand over, snooze and resolve in one step. Press M in a conversation.</p>
        </div>
        <button type="button" class="button primary" onClick={() => setEdited({ name: '', steps: [] })}>
          <Icon name="plus" size={16} /> New
        </button>
      </div>
      {macros.value.length === 0 ? (
        <p class={styles.empty}><b>There are none yet</b>A macro does in one step what takes you five.</p>
      ) : (
        <ul class={styles.list}>
          {macros.value.map((macro) => (
            <li key={macro.id}>
              <div class={styles.about}>
                <b>{macro.name}</b>
                <p dir="auto">{macro.summary}</p>
              </div>
              <button type="button" class="icon-button" aria-label={`Change ${macro.name}`} title="Change" onClick={() => setEdited(macro)}>
                <Icon name="pen" size={16} />
              </button>
              <button type="button" class="icon-button" aria-label={`Delete ${macro.name}`} title="Delete" onClick={() => void remove(macro)}>
                <Icon name="trash" size={16} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {edited && <MacroForm macro={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

interface MacroFormProps {
  macro: Pick<Macro, 'name' | 'steps'> & { id?: string };
  onClose: () => void;
}

function MacroForm({ macro, onClose }: MacroFormProps) {
  const [steps, setSteps] = useState<readonly MacroStep[]>(macro.steps.length > 0 ? macro.steps : [{ type: 'reply', text: '' }]);
  const save = async (values: FormData) => {
    const problem = await saveMacro({ id: macro.id, name: String(values.get('name')).trim(), steps });
    if (!problem) onClose();
    return problem;
  };
  return (
    <Dialog title={macro.id ? 'Change a macro' : 'New macro'} onClose={onClose}>
      <Form button="Keep" busyButton="Keeping" onSubmit={save}>
        <Field label="Name" name="name" value={macro.name} isFirst />
        <MacroSteps steps={steps} onChange={setSteps} />
      </Form>
    </Dialog>
  );
}

async function remove(macro: Macro): Promise<void> {
  const problem = await removeMacro(macro.id);
  if (problem) complain(problem.message);
}
