import { ShortcutsDialog } from '../keyboard/shortcuts-dialog.tsx';
import { Palette } from '../palette/palette.tsx';
import { SetUp } from '../sign-in/set-up.tsx';
import { SignIn } from '../sign-in/sign-in.tsx';
import { Unreachable } from '../sign-in/unreachable.tsx';
import { CannedForm } from '../settings/canned-form.tsx';
import { phase } from '../stores/session.ts';
import { Desk } from './desk.tsx';
import { Toasts } from './toasts.tsx';

export function App() {
  return (
    <>
      <Screen />
      <ShortcutsDialog />
      <Palette />
      <CannedForm />
      <Toasts />
    </>
  );
}

function Screen() {
  switch (phase.value) {
    case 'setting_up':
      return <SetUp />;
    case 'signed_out':
      return <SignIn />;
    case 'signed_in':
      return <Desk />;
    case 'unreachable':
      return <Unreachable />;
    case 'starting':
      return null;
  }
}
