import { setUp } from '../stores/session.ts';
import { Card } from './card.tsx';
import { Field, Form, PasswordField } from './form.tsx';

/** Creates the first agent, from the one-time link that the server printed. */
export function SetUp() {
  const submit = (values: FormData) =>
    setUp(String(values.get('name')), String(values.get('email')), String(values.get('password')));
  return (
    <Card title="Set up your desk" lead="You are the first agent. This link works once.">
      <Form button="Create account" busyButton="Creating" onSubmit={submit}>
        <Field label="Name" name="name" autoComplete="name" hint="Visitors see it when you answer them." isFirst />
        <Field label="E-mail address" name="email" type="email" autoComplete="username" hint="You sign in with it." />
        <PasswordField isNew hint="At least 10 characters." />
      </Form>
    </Card>
  );
}
