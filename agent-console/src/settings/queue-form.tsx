import { Dialog } from '../parts/dialog.tsx';
import { ChoiceField, Field, Form } from '../sign-in/form.tsx';
import type { Problem } from '../stores/http.ts';
import { agents } from '../stores/presence.ts';
import { saveQueue, type QueueSettings } from '../stores/queue-settings.ts';
import { DAYS, hoursWords, readHours } from './hours.ts';
import styles from './settings.module.css';

const ASSIGNMENTS = [
  { value: 'manual', label: 'Agents claim' },
  { value: 'balanced', label: 'The desk gives each to whoever has the fewest' },
];

interface QueueFormProps {
  queue: QueueSettings;
  isNew: boolean;
  onClose: () => void;
}

/** Who answers a queue, how, and when. */
export function QueueForm({ queue, isNew, onClose }: QueueFormProps) {
  const save = async (values: FormData) => {
    const fields = fieldsOf(values, queue);
    const problem = 'message' in fields ? fields : await saveQueue(fields);
    if (!problem) onClose();
    return problem;
  };
  return (
    <Dialog title={isNew ? 'New queue' : `Change ${queue.title}`} onClose={onClose}>
      <Form button="Keep" busyButton="Keeping" onSubmit={save}>
        <Field label="Title" name="title" value={queue.title} hint="Agents see it." isFirst />
        {isNew && <Field label="Name" name="name" value="" hint="Articles name it: a to z, digits, - and _." />}
        <fieldset class="fields">
          <legend>Who answers</legend>
          <p class="hint">Nobody chosen means everybody.</p>
          {agents.value.map((agent) => (
            <label key={agent.id} class="check">
              <input type="checkbox" name="member" value={agent.id} checked={queue.members.includes(agent.id)} />
              {agent.name}
            </label>
          ))}
        </fieldset>
        <ChoiceField label="How" name="assignment" value={queue.assignment} choices={ASSIGNMENTS} />
        <Field
          label="First reply within, seconds"
          name="first_reply_s"
          type="number"
          value={queue.first_reply_s == null ? '' : String(queue.first_reply_s)}
          isOptional
          hint="Empty is as the settings say; 0 is without a target."
        />
        <Hours queue={queue} />
      </Form>
    </Dialog>
  );
}

function Hours({ queue: { hours } }: { queue: QueueSettings }) {
  return (
    <fieldset class="fields">
      <legend>Hours</legend>
      <p class="hint">Like 9:00–12:30, 14–18. An empty day is closed; with every day empty it is always open.</p>
      <div class={styles.hours}>
        {DAYS.map((day) => (
          <>
            <label for={`hours-${day}`}>{day.charAt(0).toUpperCase() + day.slice(1)}</label>
            <input id={`hours-${day}`} type="text" name={day} defaultValue={hoursWords(hours.week, day)} autoComplete="off" />
          </>
        ))}
      </div>
      <Field label="Time zone" name="time_zone" value={hours.time_zone} isOptional hint="Like Europe/Berlin." />
      <Field label="Closed on" name="holidays" value={hours.holidays.join(', ')} isOptional hint="Days like 2026-12-25, with commas between." />
    </fieldset>
  );
}

function fieldsOf(values: FormData, queue: QueueSettings): QueueSettings | Problem {
  const text = (name: string) => String(values.get(name) ?? '').trim();
  const days = DAYS.map((day) => ({ day, openings: readHours(day, text(day)) }));
  const wrong = days.find(({ openings }) => openings === null);
  if (wrong) return { status: 0, code: 'invalid', message: `The hours of ${wrong.day} are not clear. Write them like 9:00–17:30.` };
  return {
    ...queue,
    name: queue.name || text('name'),
    title: text('title'),
    members: values.getAll('member').map(String),
    assignment: text('assignment') === 'balanced' ? 'balanced' : 'manual',
    first_reply_s: text('first_reply_s') === '' ? null : Number(text('first_reply_s')),
    hours: {
      time_zone: text('time_zone'),
      week: days.flatMap(({ openings }) => openings ?? []),
      holidays: text('holidays').split(',').map((day) => day.trim()).filter(Boolean),
    },
  };
}
