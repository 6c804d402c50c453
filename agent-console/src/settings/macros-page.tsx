import { useEffect, useState } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { loadMacros, macros, macroWords, removeMacro, saveMacro, type Macro, type MacroFields } from '../stores/macros.ts';
import { maySupervise } from '../stores/roles.ts';
import { complain } from '../stores/toasts.ts';
import { offerUndo } from '../stores/undo.ts';
import { MacroForm } from './macro-form.tsx';
import styles from './settings.module.css';

const NEW: MacroFields = { name: '', personal: false, tags: [], resolve: false };

/** Several acts in one, for what is done again and again. */
export function MacrosPage() {
  const [edited, setEdited] = useState<MacroFields & { id?: string } | null>(null);
  useEffect(() => void loadMacros(), []);
  return (
    <>
      <div class={styles.top}>
        <div>
          <h2>Macros</h2>
          <p class={styles.lead}>Reply, tag, hand over, snooze and resolve in one step. Press M in a conversation.</p>
        </div>
        <button type="button" class="button primary" onClick={() => setEdited({ ...NEW, personal: !maySupervise.value })}>
          <Icon name="plus" size={16} /> New
        </button>
      </div>
      {macros.value.length === 0 ? (
        <p class={styles.empty}><b>There are none yet</b>A macro does in one step what takes you five.</p>
      ) : (
        <ul class={styles.list}>
          {macros.value.map((macro) => <Row key={macro.id} macro={macro} onEdit={() => setEdited(macro)} />)}
        </ul>
      )}
      {edited && <MacroForm macro={edited} onClose={() => setEdited(null)} />}
    </>
  );
}

function Row({ macro, onEdit }: { macro: Macro; onEdit: () => void }) {
  return (
    <li>
      <div class={styles.about}>
        <b>{macro.name} <span class="chip">{macro.personal ? 'Only yours' : 'Team'}</span></b>
        <p dir="auto">{macroWords(macro)}</p>
      </div>
      {(macro.personal || maySupervise.value) && (
        <>
          <button type="button" class="icon-button" aria-label={`Change ${macro.name}`} title="Change" onClick={onEdit}>
            <Icon name="pen" size={16} />
          </button>
          <button type="button" class="icon-button" aria-label={`Delete ${macro.name}`} title="Delete" onClick={() => void remove(macro)}>
            <Icon name="trash" size={16} />
          </button>
        </>
      )}
    </li>
  );
}

async function remove({ id, ...fields }: Macro): Promise<void> {
  const problem = await removeMacro(id);
  if (problem) return complain(problem.message);
  offerUndo(`${fields.name} is deleted`, () => void saveMacro(undefined, fields));
}
