import type { AppProps } from './app.ts';

/** Where to answer, when nobody is in. */
export function ContactForm({ app: { desk, ui, i18n: { t } } }: AppProps) {
  const isWrong = ui.state.isEmailWrong;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const email = form.elements.namedItem('email') as HTMLInputElement;
    const isValid = email.checkValidity();
    ui.set({ isEmailWrong: !isValid });
    if (!isValid) return email.focus();
    desk.act({ type: 'leave_contact', email: email.value.trim(), name: valueOf(form, 'name'), message: valueOf(form, 'message') });
  };
  return (
    <form class="contact" noValidate onSubmit={submit}>
      <label>
        <span>{t('email')}</span>
        <input
          name="email"
          type="email"
          required
          autocomplete="email"
          aria-invalid={isWrong}
          aria-describedby={isWrong ? 'email-wrong' : undefined}
          onInput={() => ui.set({ isEmailWrong: false })}
        />
        {isWrong && <small id="email-wrong" class="bad" role="alert">{t('emailWrong')}</small>}
      </label>
      <label>
        <span>{t('name')} <em>{t('optional')}</em></span>
        <input name="name" autocomplete="name" maxLength={200} dir="auto" />
      </label>
      <label>
        <span>{t('message')} <em>{t('optional')}</em></span>
        <textarea name="message" rows={3} maxLength={2000} dir="auto" />
        <small>{t('sentAlong')}</small>
      </label>
      <button class="button primary wide">{t('sendMessage')}</button>
      <p class="small">{t('addressUse')}</p>
    </form>
  );
}

function valueOf(form: HTMLFormElement, field: string): string | undefined {
  return (form.elements.namedItem(field) as HTMLInputElement).value.trim() || undefined;
}
