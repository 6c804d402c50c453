import { useEffect, useState } from 'preact/hooks';

import { Icon } from '../parts/icon.tsx';
import { listQueues, removeQueue, type QueueSettings } from '../stores/queue-settings.ts';
import { agentName } from '../stores/presence.ts';
import { queues } from '../stores/queues.ts';
import { complain } from '../stores/toasts.ts';
import { weekWords } from './hours.ts';
import { QueueForm } from './queue-form.tsx';
import styles from './settings.module.css';

const DEFAULT = 'default';
const NEW: QueueSettings = {
  name: '',
  title: '',
  members: [],
  languages: [],
  capacity: 0,
  cap: 0,
  assignment: 'manual',
  hours: { time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone, week: [], holidays: [] },
};

/** The lines of conversations, who answers them, and when. */
export function QueuesPage() {
  const [all, setAll] = useState<readonly QueueSettings[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [edited, setEdited] = useState<QueueSettings | null>(null);
  const load = async () => {
    const answer = await listQueues();
    if ('message' in answer) setProblem(answer.message);
    else setAll(answer);
  };
  useEffect(() => void load(), []);
  const remove = async (name: string) => {
    const refused = await removeQueue(name);
    if (refused) complain(refused.message);
    await load();
  };
  return (
    <>
      <div class={styles.top}>
        <div>
          <h2>Queues and hours</h2>
          <p class={styles.lead}>An article names its queue with <code>queue:</code>. All else waits in the first one.</p>
        </div>
        <button type="button" class="button primary" onClick={() => setEdited(NEW)}><Icon name="plus" size={16} /> New</button>
      </div>
      {problem && <p class={styles.problem} role="alert">{problem}</p>}
      <ul class={styles.list}>
        {all?.map((queue) => (
          <Row key={queue.name} queue={queue} onEdit={() => setEdited(queue)} onRemove={() => void remove(queue.name)} />
        ))}
      </ul>
      {edited && <QueueForm queue={edited} isNew={edited === NEW} onClose={() => (setEdited(null), void load())} />}
    </>
  );
}

function Row({ queue, onEdit, onRemove }: { queue: QueueSettings; onEdit: () => void; onRemove: () => void }) {
  const { name, title, members, hours, assignment } = queue;
  const now = queues.value.find((each) => each.name === name);
  return (
    <li>
      <div class={styles.about}>
        <b>
          {title} <span class="chip">{name}</span>
          {now && <span class="chip" data-tone={now.open ? 'ok' : 'warn'}>{now.open ? 'Open' : 'Closed'}</span>}
        </b>
        <p>
          {members.length === 0 ? 'Everybody' : members.map(agentName).join(', ')}
          {assignment === 'manual' ? ', agents claim' : ', given to whoever has the fewest'}
        </p>
        <p>{weekWords(hours.week)}</p>
      </div>
      <button type="button" class="icon-button" aria-label={`Change ${title}`} title="Change" onClick={onEdit}>
        <Icon name="pen" size={16} />
      </button>
      {name !== DEFAULT && (
        <button type="button" class="icon-button" aria-label={`Delete ${title}`} title="Delete" onClick={onRemove}>
          <Icon name="trash" size={16} />
        </button>
      )}
    </li>
  );
}
