import type { PanelModule } from '../embed.ts';
import { runCommand } from './commands.ts';
import { Panel } from './panel.ts';

/** Builds the panel inside the loader's element; gives the function that takes the page's calls. */
export const start: PanelModule['start'] = (embed, first) => {
  const panel = new Panel(embed, first);
  return (call) => runCommand(panel, call);
};
