import { useEffect, useState } from 'preact/hooks';

import { Avatar } from '../parts/avatar.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { ChoiceField, Field, Form, PasswordField } from '../sign-in/form.tsx';
import { listAgents, saveAgent, type AgentCard } from '../stores/agents.ts';
import { agents, me } from '../stores/presence.ts';
import { complain, showToast } from '../stores/toasts.ts';
import { AVAILABILITY, ROLE } from '../words.ts';
import styles from './settings.module.css';

const ROLES = Object.entries(ROLE).map(([value, label]) => ({ value, label }));

/** Who works here, and what they may do. */
export function AgentsPage() {
  const [all, setAll] = useState<readonly AgentCard[] | null>(null);
  const [edited, setEdited] = useState<AgentCard | 'new' | null>(null);
  const load = () => void listAgents().then(setAll);
  useEffect(load, []);
  return (
    <>
      <div class={styles.top}>
        <div>
          <h2>Agents and roles</h2>
          <p class={styles.lead}>Agents answer. Supervisors see the whole desk and may take over. Administrators set it up.</p>
        </div>
        <button type="button" class="button primary" onClick={() => setEdited('new')}><Icon name="plus" size={16} /> New</button>
      </div>
      <ul class={styles.list}>
        {all?.map((agent) => <Row key={agent.id} agent={agent} onEdit={() => setEdited(agent)} onChanged={load} />)}
      </ul>
      {edited && <AgentForm agent={edited === 'new' ? null : edited} onClose={() => (setEdited(null), load())} />}
    </>
  );
}

function Row({ agent, onEdit, onChanged }: { agent: AgentCard; onEdit: () => void; onChanged: () => void }) {
  const present = agents.value.find((each) => each.id === agent.id);
  const toggle = async () => {
    const problem = await saveAgent(agent.id, { disabled: !agent.disabled });
    if (problem) return complain(problem.message);
    showToast(agent.disabled ? `${agent.name} may sign in again.` : `${agent.name} is signed out and cannot sign in.`);
    onChanged();
  };
  return (
    <li class={agent.disabled ? styles.off : undefined}>
      <Avatar name={agent.name} seed={agent.id} {...(present && { availability: present.availability })} />
      <div class={styles.about}>
        <b>
          {agent.name} <span class="chip">{ROLE[agent.role] ?? agent.role}</span>
          {agent.disabled && <span class="chip" data-tone="bad">Disabled</span>}
        </b>
        <p>{agent.email}{present ? `, ${AVAILABILITY[present.availability].toLowerCase()}` : ''}</p>
      </div>
      {agent.id !== me.value?.id && (
        <button type="button" class="button small" onClick={() => void toggle()}>{agent.disabled ? 'Enable' : 'Disable'}</button>
      )}
      <button type="button" class="icon-button" aria-label={`Change ${agent.name}`} title="Change" onClick={onEdit}>
        <Icon name="pen" size={16} />
      </button>
    </li>
  );
}

function AgentForm({ agent, onClose }: { agent: AgentCard | null; onClose: () => void }) {
  const save = async (values: FormData) => {
    const text = (name: string) => String(values.get(name) ?? '').trim();
    const password = String(values.get('password') ?? '');
    const fields = {
      name: text('name'),
      email: text('email'),
      role: text('role'),
      languages: text('languages').split(',').map((tag) => tag.trim()).filter(Boolean),
      capacity: text('capacity') === '' ? null : Number(text('capacity')),
      ...(password !== '' && { password }),
    };
    const problem = await saveAgent(agent?.id ?? null, fields);
    if (!problem) onClose();
    return problem;
  };
  return (
    <Dialog title={agent ? `Change ${agent.name}` : 'New agent'} onClose={onClose}>
      <Form button="Keep" busyButton="Keeping" onSubmit={save}>
        <Field label="Name" name="name" value={agent?.name ?? ''} hint="Visitors see it." isFirst />
        <Field label="E-mail address" name="email" type="email" value={agent?.email ?? ''} hint="They sign in with it." />
        <ChoiceField label="Role" name="role" value={agent?.role ?? 'agent'} choices={ROLES} />
        <Field label="Languages" name="languages" value={agent?.languages.join(', ') ?? ''} isOptional hint="Like de, en. Empty means any." />
        <Field
          label="Conversations at once"
          name="capacity"
          type="number"
          value={agent?.capacity == null ? '' : String(agent.capacity)}
          isOptional
          hint="Empty is as many as the settings say; 0 is without limit."
        />
        <PasswordField
          isNew
          isOptional={agent !== null}
          hint={agent ? 'At least 10 characters. Leave it empty to keep the old one.' : 'At least 10 characters.'}
        />
      </Form>
    </Dialog>
  );
}
