import { Dialog } from '../parts/dialog.tsx';
import { receivers } from '../palette/receivers.ts';
import { ChoiceField, Field, Form, TextField } from '../sign-in/form.tsx';
import { saveMacro, type MacroFields } from '../stores/macros.ts';
import { maySupervise } from '../stores/roles.ts';

const MINUTE_S = 60;

interface MacroFormProps {
  macro: MacroFields & { id?: string };
  onClose: () => void;
}

/** What a macro does; what is left empty is not done. */
export function MacroForm({ macro, onClose }: MacroFormProps) {
  const save = async (values: FormData) => {
    const problem = await saveMacro(macro.id, fieldsOf(values, macro));
    if (!problem) onClose();
    return problem;
  };
  const choices = receivers().map((each) => ({ value: `${each.kind}:${each.id}`, label: each.name }));
  return (
    <Dialog title={macro.id ? 'Change a macro' : 'New macro'} onClose={onClose}>
      <Form button="Keep" busyButton="Keeping" onSubmit={save}>
        <Field label="Name" name="name" value={macro.name} isFirst />
        <TextField
          label="Reply"
          name="reply"
          value={macro.reply ?? ''}
          isOptional
          hint="As in canned responses. With a gap in it, the reply waits in the composer for you."
        />
        <Field label="Tags" name="tags" value={macro.tags.join(', ')} isOptional hint="With commas between." />
        <ChoiceField
          label="Hand over to"
          name="receiver"
          value={macro.assign ? `agent:${macro.assign}` : macro.queue ? `queue:${macro.queue}` : ''}
          choices={[{ value: '', label: 'Nobody' }, ...choices]}
        />
        <Field label="Snooze for minutes" name="minutes" type="number" value={String((macro.snooze_s ?? 0) / MINUTE_S || '')} isOptional />
        <label class="check"><input type="checkbox" name="resolve" checked={macro.resolve} />Resolve</label>
        {maySupervise.value && !macro.id && (
          <label class="check"><input type="checkbox" name="team" checked={!macro.personal} />For the whole team</label>
        )}
      </Form>
    </Dialog>
  );
}

function fieldsOf(values: FormData, macro: MacroFields & { id?: string }): MacroFields {
  const text = (name: string) => String(values.get(name) ?? '').trim();
  const [kind, receiver] = text('receiver').split(/:(.*)/);
  return {
    name: text('name'),
    personal: macro.id || !maySupervise.value ? macro.personal : !values.get('team'),
    reply: text('reply') || null,
    tags: text('tags').split(',').map((tag) => tag.trim()).filter(Boolean),
    assign: kind === 'agent' ? receiver! : null,
    queue: kind === 'queue' ? receiver! : null,
    snooze_s: Number(text('minutes')) * MINUTE_S || null,
    resolve: values.get('resolve') !== null,
  };
}
