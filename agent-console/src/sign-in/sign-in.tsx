import { signedOutBecause, signIn } from '../stores/session.ts';
import { Card } from './card.tsx';
import { Field, Form, PasswordField } from './form.tsx';

export function SignIn() {
  const submit = (values: FormData) => signIn(String(values.get('email')), String(values.get('password')));
  return (
    <Card title="Sign in" lead={signedOutBecause.value ?? 'To the desk, where visitors wait for a person.'}>
      <Form button="Sign in" busyButton="Signing in" onSubmit={submit}>
        <Field label="E-mail address" name="email" type="email" autoComplete="username" isFirst />
        <PasswordField isNew={false} />
      </Form>
    </Card>
  );
}
