import { useRef } from 'preact/hooks';
import { useApp } from './app.ts';
import { Conversation } from './conversation.tsx';
import { useDialog } from './dialog.ts';
import { Forget } from './forget.tsx';
import { Home } from './home.tsx';
import type { Panel } from './panel.ts';
import { Toast } from './toast.tsx';

/** The panel's frame. */
export function Window({ panel }: { panel: Panel }) {
  const { ui, desk, i18n } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  useDialog(dialog, ui.isOpen, panel);
  const site = desk.state.settings?.site;
  return (
    <dialog
      ref={dialog}
      class="panel"
      popover="manual"
      tabIndex={-1}
      role="dialog"
      aria-label={site ? i18n.t('helpOf', { site }) : i18n.t('help')}
    >
      {ui.isOpen && (
        <>
          {ui.screen === 'home' ? <Home panel={panel} /> : <Conversation panel={panel} />}
          <Toast />
          {ui.isForgetting && <Forget panel={panel} />}
        </>
      )}
    </dialog>
  );
}
