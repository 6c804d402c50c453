import { Dialog } from '../parts/dialog.tsx';
import { Field, Form, TextField } from '../sign-in/form.tsx';
import { saveCanned, type CannedDraft } from '../stores/canned-edits.ts';
import { maySupervise } from '../stores/roles.ts';
import { showToast } from '../stores/toasts.ts';
import { cannedForm } from './canned-form-state.ts';

/** Writes a canned response, from the settings or from what is in the composer. */
export function CannedForm() {
  const draft = cannedForm.value;
  if (!draft) return null;
  const close = () => (cannedForm.value = null);
  const save = async (values: FormData) => {
    const problem = await saveCanned(fieldsOf(values, draft.id));
    if (problem) return problem;
    close();
    showToast('Kept. Write / in a reply to use it.');
    return null;
  };
  return (
    <Dialog title={draft.id ? 'Change a canned response' : 'New canned response'} onClose={close}>
      <Form button="Keep" busyButton="Keeping" onSubmit={save}>
        <Field label="Shortcut" name="shortcut" value={draft.shortcut} hint="What you type after /: letters, digits, - and _." isFirst />
        <Field label="Title" name="title" value={draft.title} hint="What it is for." />
        <TextField
          label="Text"
          name="text"
          value={draft.text}
          hint="{{visitor.first_name}}, {{visitor.name}} and {{agent.first_name}} are filled in. Any other {{word}} is a gap to fill before sending."
        />
        <input type="hidden" name="personal" value={draft.personal ? 'yes' : ''} />
        {maySupervise.value && !draft.id && (
          <label class="check">
            <input type="checkbox" name="team" checked={!draft.personal} />
            For the whole team
          </label>
        )}
      </Form>
    </Dialog>
  );
}

function fieldsOf(values: FormData, id: string | undefined): CannedDraft {
  const text = (name: string) => String(values.get(name) ?? '').trim();
  return {
    id,
    shortcut: text('shortcut').replace(/^\//, ''),
    title: text('title'),
    text: text('text'),
    personal: id || !maySupervise.value ? values.get('personal') === 'yes' : !values.get('team'),
  };
}
