import { Dialog } from '../parts/dialog.tsx';
import { ChoiceField, Field, Form } from '../sign-in/form.tsx';
import { queues } from '../stores/queues.ts';
import { knownTags } from '../stores/tags.ts';
import { keepView, type View } from '../stores/views.ts';
import { REASON_CHIP } from '../words.ts';

const ANY = { value: '', label: 'Any' };
const REASONS = [ANY, ...Object.entries(REASON_CHIP).map(([value, label]) => ({ value, label }))];

/** What a view shows; kept in this browser. */
export function ViewForm({ view, onClose }: { view: View; onClose: () => void }) {
  const save = async (values: FormData) => {
    const text = (name: string) => String(values.get(name) ?? '').trim();
    const fields = { queue: text('queue'), language: text('language').toLowerCase(), reason: text('reason'), tag: text('tag') };
    keepView({ name: text('name'), ...fields }, view.name || null);
    onClose();
    return null;
  };
  const teams = queues.value.map(({ name, title }) => ({ value: name, label: title }));
  const tags = knownTags.value.map((tag) => ({ value: tag, label: tag }));
  return (
    <Dialog title={view.name ? `Change “${view.name}”` : 'New view'} onClose={onClose}>
      <Form button="Keep" busyButton="Keeping" onSubmit={save}>
        <Field label="Name" name="name" value={view.name} hint="Like “Orders in French”." isFirst />
        <ChoiceField label="Queue" name="queue" value={view.queue} choices={[ANY, ...teams]} />
        <Field label="Language" name="language" value={view.language} isOptional hint="Like fr. Empty is any." />
        <ChoiceField label="Reason" name="reason" value={view.reason} choices={REASONS} />
        <ChoiceField label="Tag" name="tag" value={view.tag} choices={[ANY, ...tags]} />
      </Form>
    </Dialog>
  );
}
