import { useEffect } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { canned, loadCanned, type CannedResponse } from '../stores/canned.ts';
import { removeCanned, saveCanned } from '../stores/canned-edits.ts';
import { maySupervise } from '../stores/roles.ts';
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
          {canned.value.map((one) => <Row key={one.id} one={one} />)}
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
        <p dir="auto">{one.title}{one.uses > 0 ? `, used ${counted(one.uses, 'time')}` : ''}</p>
        <p dir="auto">{one.text}</p>
      </div>
      {mayChange(one) && (
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
  if (one.source === 'file') return 'From the articles';
  return one.source === 'personal' ? 'Only yours' : 'Team';
}

/** What belongs to the team takes a supervisor; files are changed by editors. */
function mayChange({ source }: CannedResponse): boolean {
  return source === 'personal' || (source === 'team' && maySupervise.value);
}

function edit({ id, shortcut, title, text, source }: CannedResponse): void {
  openCannedForm({ id, shortcut, title, text, personal: source === 'personal' });
}

async function remove({ id, shortcut, title, text, source }: CannedResponse): Promise<void> {
  const problem = await removeCanned(id);
  if (problem) return complain(problem.message);
  offerUndo(`/${shortcut} is deleted`, () => void saveCanned({ shortcut, title, text, personal: source === 'personal' }));
}
