import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from './app.ts';
import { Icon } from './icons.tsx';
import { isPhone } from './panel.ts';

/** From this share of the limit on, the rest is counted. */
const NEAR_LIMIT = 0.9;

/** The input. Enter sends, Shift and Enter make a new line. */
export function Composer() {
  const { desk, ui, i18n } = useApp();
  const field = useRef<HTMLTextAreaElement>(null);
  const limit = desk.state.settings?.message_chars || Infinity;
  const left = limit - Array.from(ui.draft).length;
  const isReady = ui.draft.trim() !== '' && left >= 0;

  useLayoutEffect(() => grow(field.current!), [ui.draft]);
  useEffect(() => {
    if (ui.focusWish > 0 || !isPhone()) field.current?.focus();
  }, [ui.focusWish]);

  const send = () => {
    if (!isReady) return;
    desk.ask(ui.draft.trim());
    ui.setDraft('');
  };
  const onKeyDown = (key: KeyboardEvent) => {
    if (key.key !== 'Enter' || key.shiftKey || key.isComposing) return;
    key.preventDefault();
    send();
  };
  const onInput = (text: string) => {
    ui.setDraft(text);
    if (text) desk.typed();
  };
  return (
    <form class="composer" onSubmit={(event) => (event.preventDefault(), send())}>
      <div class="box">
        <textarea
          ref={field}
          rows={1}
          value={ui.draft}
          placeholder={placeholder()}
          aria-label={placeholder()}
          aria-describedby="characters-left"
          enterkeyhint="send"
          dir="auto"
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button class="send" aria-label={i18n.t('send')} aria-disabled={!isReady}><Icon name="up" /></button>
      </div>
      <div id="characters-left" class={left < 0 ? 'count bad' : 'count'} role="status">
        {left < limit * (1 - NEAR_LIMIT) && i18n.t('charactersLeft', { n: left })}
      </div>
    </form>
  );

  function placeholder(): string {
    const { status, agent } = desk.state.status;
    if (desk.isStartingNew || status === 'with_bot') return i18n.t('ask');
    return agent ? i18n.t('messageTo', { name: agent.name }) : i18n.t('write');
  }
}

function grow(field: HTMLTextAreaElement): void {
  field.style.blockSize = 'auto';
  field.style.blockSize = `${field.scrollHeight}px`;
}
