import { useEffect } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { canned, loadCanned, type CannedResponse } from '../stores/canned.ts';
import { removeCanned, saveCanned } from '../stores/canned-edits.ts';
import { complain } from '../stores/toasts.ts';
import { offerUndo } from '../stores/undo.ts';
import { counted } from '../words.ts';
import { openCannedForm } from './canned-form-state.ts';
import styles from './settings.module.css';

/** The prepared texts: the team's, one's own, and those of the knowledge base. */
export function CannedPage() {
  useEffect(() => void loadCanned(), []);
  return (
    <>
      <div class={styles.top}>
        <div>
          <h2>Canned responses</h2>
          <p class={styles.lead}>Write / in a reply to use one.</p>
        </div>
        <button type="button" class="button primary" onClick={() => openCannedForm({})}>
          <Icon name="plus" size={16} /> New
        </button>
      </div>
      {canned.value.length === 0 ? (
        <p class={styles.empty}><b>There are none yet</b>Keep what you write again and again.</p>
      ) : (
        <ul class={styles.list}>
          {canned.value.map((one) => <Row key={one.id ?? one.shortcut} one={one} />)}
        </ul>
      )}
    </>
  );
}

function Row({ one }: { one: CannedResponse }) {
  return (
    <li>
      <div class={styles.about}>
        <b>/{one.shortcut} <span class="chip">{whose(one)}</span></b>
        <p dir="auto">{one.title}{one.uses ? `, used ${counted(one.uses, 'time')}` : ''}</p>
        <p dir="auto">{one.text}</p>
      </div>
      {one.id && (
        <>
          <button type="button" class="icon-button" aria-label={`Change ${one.shortcut}`} title="Change" onClick={() => edit(one)}>
            <Icon name="pen" size={16} />
          </button>
          <button type="button" class="icon-button" aria-label={`Delete ${one.shortcut}`} title="Delete" onClick={() => void remove(one)}>
            <Icon name="trash" size={16} />
          </button>
        </>
      )}
    </li>
  );
}

function whose(one: CannedResponse): string {
  if (!one.id) return 'From the articles';
  return one.scope === 'personal' ? 'Only yours' : 'Team';
}

function edit({ id, shortcut, title, text, scope = 'team' }: CannedResponse): void {
  openCannedForm({ id, shortcut, title, text, scope });
}

async function remove({ id, shortcut, title, text, scope = 'team' }: CannedResponse): Promise<void> {
  const problem = await removeCanned(id!);
  if (problem) return complain(problem.message);
  offerUndo(`/${shortcut} is deleted`, () => void saveCanned({ shortcut, title, text, scope }));
}
