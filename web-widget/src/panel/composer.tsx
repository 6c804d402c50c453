import type { App, AppProps } from './app.ts';
import { Icon } from './icons.tsx';

/** From this share of the limit on, the rest is counted. */
const NEAR_LIMIT = 0.9;

/** The input. Enter sends, Shift and Enter make a new line. */
export function Composer({ app }: AppProps) {
  const { desk, ui, i18n } = app;
  const { draft } = ui.state;
  const limit = desk.state.settings?.message_chars || Infinity;
  const left = limit - Array.from(draft).length;
  const isReady = draft.trim() !== '' && left >= 0;
  const label = placeholder(app);

  const send = (event: Event) => {
    event.preventDefault();
    if (!isReady) return;
    desk.ask(draft.trim());
    ui.set({ draft: '' });
  };
  const onKeyDown = (key: KeyboardEvent) => {
    if (key.key === 'Enter' && !key.shiftKey && !key.isComposing) send(key);
  };
  const onInput = (text: string) => {
    ui.set({ draft: text });
    if (text) desk.typed();
  };
  return (
    <form class="composer" onSubmit={send}>
      <div class="box">
        <textarea
          ref={(field) => grow(field)}
          data-focus
          rows={1}
          value={draft}
          placeholder={label}
          aria-label={label}
          aria-describedby="left"
          enterkeyhint="send"
          dir={draft ? 'auto' : undefined}
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button class="send" aria-label={i18n.t('send')} aria-disabled={!isReady}><Icon name="up" /></button>
      </div>
      <div id="left" class={left < 0 ? 'count bad' : 'count'} role="status">
        {left < limit * (1 - NEAR_LIMIT) && i18n.t('charactersLeft', { n: left })}
      </div>
    </form>
  );
}

function placeholder({ desk, i18n: { t } }: App): string {
  const { status, agent } = desk.state.status;
  if (desk.isStartingNew || status === 'with_bot') return t('ask');
  return agent ? t('messageTo', { name: agent.name }) : t('write');
}

/** As high as what it holds. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight}px`;
}
