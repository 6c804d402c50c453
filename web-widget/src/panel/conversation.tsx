import { useApp } from './app.ts';
import { Composer } from './composer.tsx';
import { EndedActions } from './ended.tsx';
import { Header } from './header.tsx';
import { Log } from './log.tsx';
import type { Panel } from './panel.ts';
import { ReconnectingBar } from './reconnecting-bar.tsx';

/** The second screen: what was said, and the input. */
export function Conversation({ panel }: { panel: Panel }) {
  const { desk } = useApp();
  const isEnded = desk.state.status.status === 'resolved' && !desk.isStartingNew && !desk.pending.length;
  return (
    <div class="conversation">
      <Header panel={panel} />
      <div class="middle">
        <ReconnectingBar />
        <Log />
      </div>
      {isEnded ? <EndedActions /> : <Composer />}
    </div>
  );
}
