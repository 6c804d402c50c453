import type { AppProps } from './app.ts';
import { Composer } from './composer.tsx';
import { EndedActions } from './ended.tsx';
import { Header } from './header.tsx';
import { Log } from './log.tsx';
import { ReconnectingBar } from './reconnecting-bar.tsx';
import { Toast } from './toast.tsx';

/** The second screen: what was said, and the input. */
export function Conversation({ app }: AppProps) {
  const { desk, ui } = app;
  const isEnded = desk.state.status.status === 'resolved' && !desk.isStartingNew && !ui.state.isContinuing;
  return (
    <div class="conversation">
      <Header app={app} />
      <div class="middle">
        <ReconnectingBar app={app} />
        <Log app={app} />
        <Toast app={app} />
      </div>
      {isEnded ? <EndedActions app={app} /> : <Composer app={app} />}
    </div>
  );
}
