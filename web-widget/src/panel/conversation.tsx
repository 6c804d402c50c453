import { useEffect, useState } from 'preact/hooks';
import { useApp } from './app.ts';
import { Composer } from './composer.tsx';
import { EndedActions } from './ended.tsx';
import { Header } from './header.tsx';
import { Log } from './log.tsx';
import type { Panel } from './panel.ts';
import { ReconnectingBar } from './reconnecting-bar.tsx';

/** The second screen: what was said, and the input. */
export function Conversation({ panel }: { panel: Panel }) {
  const { desk, ui } = useApp();
  const [isContinuing, setContinuing] = useState(false);
  const isResolved = desk.state.status.status === 'resolved';
  useEffect(() => setContinuing(false), [isResolved]);
  const carryOn = () => {
    setContinuing(true);
    ui.focusInput();
  };
  return (
    <div class="conversation">
      <Header panel={panel} />
      <div class="middle">
        <ReconnectingBar />
        <Log />
      </div>
      {isResolved && !isContinuing && !desk.isStartingNew ? <EndedActions onContinue={carryOn} /> : <Composer />}
    </div>
  );
}
