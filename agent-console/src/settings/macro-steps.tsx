import { Icon } from '../parts/icon.tsx';
import { receivers } from '../palette/receivers.ts';
import type { MacroStep } from '../stores/macros.ts';
import styles from './settings.module.css';

const KINDS: Readonly<Record<MacroStep['type'], string>> = {
  reply: 'Reply',
  note: 'Note',
  tag: 'Tag',
  assign: 'Hand over to',
  snooze: 'Snooze, minutes',
  resolve: 'Resolve',
};

interface StepsProps {
  steps: readonly MacroStep[];
  onChange: (steps: readonly MacroStep[]) => void;
}

/** What a macro does, one after the other. */
export function MacroSteps({ steps, onChange }: StepsProps) {
  const replace = (index: number, step: MacroStep) => onChange(steps.with(index, step));
  return (
    <fieldset class={styles.steps}>
      <legend>Steps</legend>
      {steps.map((step, index) => (
        <div key={index} class={styles.step}>
          <select
            aria-label={`Step ${index + 1}`}
            value={step.type}
            onChange={(event) => replace(index, emptyStep(event.currentTarget.value as MacroStep['type']))}
          >
            {Object.entries(KINDS).map(([kind, words]) => <option key={kind} value={kind} selected={kind === step.type}>{words}</option>)}
          </select>
          <StepValue step={step} onChange={(next) => replace(index, next)} />
          <button type="button" class="icon-button" aria-label={`Remove step ${index + 1}`} onClick={() => onChange(steps.toSpliced(index, 1))}>
            <Icon name="close" size={15} />
          </button>
        </div>
      ))}
      <button type="button" class="button small" onClick={() => onChange([...steps, { type: 'resolve' }])}>
        <Icon name="plus" size={14} /> Step
      </button>
    </fieldset>
  );
}

function StepValue({ step, onChange }: { step: MacroStep; onChange: (step: MacroStep) => void }) {
  switch (step.type) {
    case 'reply':
    case 'note':
      return <textarea aria-label="Text" rows={2} required value={step.text} onInput={(event) => onChange({ ...step, text: event.currentTarget.value })} />;
    case 'tag':
      return <input aria-label="Tag" type="text" required value={step.tag} onInput={(event) => onChange({ ...step, tag: event.currentTarget.value })} />;
    case 'snooze':
      return (
        <input
          aria-label="Minutes"
          type="number"
          min={1}
          required
          value={step.minutes}
          onInput={(event) => onChange({ ...step, minutes: Number(event.currentTarget.value) })}
        />
      );
    case 'assign':
      return <ReceiverChoice step={step} onChange={onChange} />;
    case 'resolve':
      return <span />;
  }
}

function ReceiverChoice({ step, onChange }: { step: MacroStep & { type: 'assign' }; onChange: (step: MacroStep) => void }) {
  const all = receivers();
  const choose = (id: string) => {
    const receiver = all.find((each) => each.id === id);
    if (receiver) onChange({ type: 'assign', to: { kind: receiver.kind, id: receiver.id, name: receiver.name } });
  };
  return (
    <select aria-label="To whom" required value={step.to.id} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">Choose</option>
      {all.map((each) => <option key={each.id} value={each.id} selected={each.id === step.to.id}>{each.name}</option>)}
    </select>
  );
}

function emptyStep(type: MacroStep['type']): MacroStep {
  switch (type) {
    case 'reply':
    case 'note':
      return { type, text: '' };
    case 'tag':
      return { type, tag: '' };
    case 'assign':
      return { type, to: { kind: 'agent', id: '', name: '' } };
    case 'snooze':
      return { type, minutes: 60 };
    case 'resolve':
      return { type };
  }
}
