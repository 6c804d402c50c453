import type { ComponentChildren, TargetedSubmitEvent } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

import type { Problem } from '../stores/http.ts';
import styles from './card.module.css';

interface FormProps {
  button: string;
  busyButton: string;
  onSubmit: (values: FormData) => Promise<Problem | null>;
  children: ComponentChildren;
}

/** A form that says what went wrong, above its button and to screen readers. */
export function Form({ button, busyButton, onSubmit, children }: FormProps) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    const found = await onSubmit(new FormData(event.currentTarget));
    setBusy(false);
    setProblem(found?.message ?? null);
  };
  return (
    <form class={styles.form} onSubmit={submit}>
      {children}
      <p role="alert" class={styles.problem} hidden={!problem}>{problem}</p>
      <button type="submit" class={`button primary ${styles.submit}`} aria-disabled={isBusy}>
        {isBusy ? busyButton : button}
      </button>
    </form>
  );
}

interface FieldProps {
  label: string;
  name: string;
  autoComplete?: string;
  type?: 'text' | 'email' | 'number';
  value?: string;
  hint?: string;
  isFirst?: boolean;
  isOptional?: boolean;
}

export function Field(props: FieldProps) {
  const { label, name, autoComplete = 'off', type = 'text', value, hint, isFirst = false, isOptional = false } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  return (
    <div class={styles.field}>
      <label for={id}>{label}</label>
      <input
        id={id}
        ref={input}
        name={name}
        // Preact's types tell each kind of input apart; here it is chosen while running.
        type={type as 'text'}
        autoComplete={autoComplete}
        defaultValue={value}
        required={!isOptional}
        aria-describedby={hint && `${id}-hint`}
      />
      {hint && <p id={`${id}-hint`} class={styles.hint}>{hint}</p>}
    </div>
  );
}

/** Several lines. */
export function TextField({ label, name, value, hint, isOptional = false }: Omit<FieldProps, 'type' | 'autoComplete' | 'isFirst'>) {
  const id = useId();
  return (
    <div class={styles.field}>
      <label for={id}>{label}</label>
      <textarea id={id} name={name} rows={5} required={!isOptional} dir="auto" defaultValue={value} aria-describedby={hint && `${id}-hint`} />
      {hint && <p id={`${id}-hint`} class={styles.hint}>{hint}</p>}
    </div>
  );
}

interface ChoiceFieldProps {
  label: string;
  name: string;
  value: string;
  choices: readonly { value: string; label: string }[];
  hint?: string;
}

/** One of several. */
export function ChoiceField({ label, name, value, choices, hint }: ChoiceFieldProps) {
  const id = useId();
  return (
    <div class={styles.field}>
      <label for={id}>{label}</label>
      <select id={id} name={name} defaultValue={value} aria-describedby={hint && `${id}-hint`}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>{choice.label}</option>
        ))}
      </select>
      {hint && <p id={`${id}-hint`} class={styles.hint}>{hint}</p>}
    </div>
  );
}

interface PasswordFieldProps {
  label?: string;
  name?: string;
  isNew: boolean;
  isOptional?: boolean;
  hint?: string;
}

/** A password that can be looked at. */
export function PasswordField({ label = 'Password', name = 'password', isNew, isOptional = false, hint }: PasswordFieldProps) {
  const id = useId();
  const [isShown, setShown] = useState(false);
  return (
    <div class={styles.field}>
      <label for={id}>{label}</label>
      <div class={styles.password}>
        <input
          id={id}
          name={name}
          type={(isShown ? 'text' : 'password') as 'password'}
          autoComplete={isNew ? 'new-password' : 'current-password'}
          required={!isOptional}
          aria-describedby={hint && `${id}-hint`}
        />
        <button
          type="button"
          class="text-button"
          aria-label="Show password"
          aria-pressed={isShown}
          onClick={() => setShown(!isShown)}
        >
          {isShown ? 'Hide' : 'Show'}
        </button>
      </div>
      {hint && <p id={`${id}-hint`} class={styles.hint}>{hint}</p>}
    </div>
  );
}
