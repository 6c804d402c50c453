import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';

import { permission, testNotification } from '../alerts/notification.ts';
import { soundIsReady, testSound } from '../alerts/sound.ts';
import {
  alertsFor, enterSends, quietHours, SEND_DELAYS_S, sendDelayS, shortcutsAreOn, soundIsOn, soundRepeats, theme, type Theme,
} from '../stores/preferences.ts';
import { Field, Form, PasswordField } from '../sign-in/form.tsx';
import { request, type Outcome, type Problem } from '../stores/http.ts';
import { me } from '../stores/presence.ts';
import { showToast } from '../stores/toasts.ts';
import styles from './settings.module.css';

const PROFILE = '/api/v1/profile';

/** How this agent likes the console; kept in this browser. */
export function YouPage() {
  return (
    <>
      <h2>Your desk</h2>
      <p class={styles.lead}>For you, in this browser.</p>
      <Alerts />
      <Profile />
      <section class={styles.card} aria-labelledby="writing-title">
        <h3 id="writing-title">Writing</h3>
        <Check is={enterSends}>Enter sends, Shift Enter breaks the line</Check>
        <Choices
          label="After sending, a reply can be called back for"
          choices={SEND_DELAYS_S.map((seconds) => ({ value: seconds, label: seconds === 0 ? 'not at all' : `${seconds} s` }))}
          chosen={sendDelayS}
        />
        <Check is={shortcutsAreOn}>Single keys do things, like A for claim</Check>
      </section>
      <section class={styles.card} aria-labelledby="looks-title">
        <h3 id="looks-title">Looks</h3>
        <Choices<Theme>
          label="Theme"
          choices={[{ value: 'light', label: 'Light' }, { value: 'dark', label: 'Dark' }, { value: 'system', label: 'Like the system' }]}
          chosen={theme}
        />
      </section>
    </>
  );
}

/** Name and password. */
function Profile() {
  const rename = async (values: FormData) => {
    const answer = await request('PATCH', PROFILE, { name: values.get('name') });
    return said(answer, 'Visitors see your new name from now on.');
  };
  const change = async (values: FormData) => {
    const answer = await request('POST', `${PROFILE}/password`, { old: values.get('old'), new: values.get('password') });
    return said(answer, 'Your password is changed. Other browsers are signed out.');
  };
  return (
    <section class={styles.card} aria-labelledby="profile-title">
      <h3 id="profile-title">You</h3>
      <Form button="Change name" busyButton="Changing" onSubmit={rename}>
        <Field label="Name" name="name" value={me.value?.name ?? ''} autoComplete="name" hint="Visitors see it when you answer them." />
      </Form>
      <details>
        <summary>Change the password</summary>
        <Form button="Change password" busyButton="Changing" onSubmit={change}>
          <PasswordField label="Present password" name="old" isNew={false} />
          <PasswordField label="New password" isNew hint="At least 10 characters." />
        </Form>
      </details>
    </section>
  );
}

function said(answer: Outcome<unknown>, words: string): Problem | null {
  if (!answer.ok) return answer.problem;
  showToast(words);
  return null;
}

/** Sound and notifications, with a test: an alert that does not come is found out now, not by a visitor who waits. */
function Alerts() {
  const [said, setSaid] = useState('');
  const test = async () => {
    const [hasSound, hasNotification] = [await testSound(), await testNotification()];
    setSaid(testWords(hasSound, hasNotification));
  };
  return (
    <section class={styles.card} aria-labelledby="alerts-title">
      <h3 id="alerts-title">Alerts</h3>
      <Check is={alertsFor.waiting}>When somebody begins to wait</Check>
      <Check is={alertsFor.mine}>When a visitor of mine writes and I look elsewhere</Check>
      <Check is={alertsFor.mention}>When a colleague calls me in a note</Check>
      <Check is={soundIsOn}>With a sound</Check>
      <Check is={soundRepeats}>Again every 30 seconds while somebody waits and nobody takes them</Check>
      <Quiet />
      <div class={styles.row}>
        <button type="button" class="button" onClick={() => void test()}>Test the alerts</button>
        <span role="status">{said || stateWords()}</span>
      </div>
    </section>
  );
}

/** The titles still count who waits; nothing rings. */
function Quiet() {
  const { isOn, from, to } = quietHours.value;
  const set = (change: Partial<typeof quietHours.value>) => (quietHours.value = { ...quietHours.value, ...change });
  const time = (label: string, name: 'from' | 'to', value: string) => (
    <input type="time" aria-label={label} value={value} required onChange={({ currentTarget }) => currentTarget.value && set({ [name]: currentTarget.value })} />
  );
  return (
    <div class={styles.quiet}>
      <label class="check">
        <input type="checkbox" checked={isOn} onChange={(event) => set({ isOn: event.currentTarget.checked })} />
        Quiet hours
      </label>
      {isOn && <span>from {time('Quiet from', 'from', from)} to {time('Quiet until', 'to', to)}</span>}
    </div>
  );
}

function testWords(hasSound: boolean, hasNotification: boolean): string {
  const sound = hasSound ? 'You should have heard two notes' : 'This browser plays no sound here';
  const notification = hasNotification
    ? 'a notification is on your desktop.'
    : 'notifications are blocked: allow them for this site in the browser’s settings.';
  return `${sound}, and ${notification}`;
}

function stateWords(): string {
  if (permission.value === 'denied') return 'Notifications are blocked in this browser.';
  if (permission.value === 'default') return 'Notifications are not allowed yet. The test asks for them.';
  return soundIsReady.value ? '' : 'The browser plays sound once you have clicked something in the page.';
}

function Check({ is, children }: { is: Signal<boolean>; children: string }) {
  return (
    <label class="check">
      <input type="checkbox" checked={is.value} onChange={(event) => (is.value = event.currentTarget.checked)} />
      {children}
    </label>
  );
}

interface ChoicesProps<T> {
  label: string;
  choices: readonly { value: T; label: string }[];
  chosen: Signal<T>;
}

function Choices<T extends string | number>({ label, choices, chosen }: ChoicesProps<T>) {
  return (
    <div role="radiogroup" aria-label={label}>
      <p>{label}</p>
      <div class={styles.choices}>
        {choices.map(({ value, label: words }) => (
          <label key={value} class="check">
            <input type="radio" name={label} checked={chosen.value === value} onChange={() => (chosen.value = value)} />
            {words}
          </label>
        ))}
      </div>
    </div>
  );
}
