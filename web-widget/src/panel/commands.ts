import type { PageView } from 'web-shared/protocol/frames.ts';
import type { Call, Theme } from '../embed.ts';
import { applyTheme } from '../loader/options.ts';
import type { SiteIdentity } from './introduction.ts';
import type { Panel } from './panel.ts';

type Command = (panel: Panel, argument: unknown) => void;

const COMMANDS: Record<string, Command> = {
  open(panel, options) {
    const { message, article, screen } = (options ?? {}) as { message?: unknown; article?: unknown; screen?: unknown };
    if (typeof message === 'string') panel.ui.set({ screen: 'conversation', draft: message });
    panel.open(screen === 'conversation' ? screen : undefined);
    if (typeof article === 'string') panel.read(article);
  },
  close: (panel) => panel.close(),
  toggle: (panel) => (panel.ui.state.isOpen ? panel.close() : panel.open()),
  ask(panel, text) {
    const question = String(text ?? '').trim();
    if (question) panel.ask(question);
    else panel.open();
  },
  identify(panel, identity) {
    panel.introduction.identify((identity ?? {}) as SiteIdentity);
    const known = panel.introduction.greeting().identity;
    if (known) panel.desk.mention({ type: 'identify', identity: known });
    else if (panel.desk.connection === 'open') void panel.desk.introduce();
  },
  attributes: (panel, attributes) => panel.desk.mention(panel.introduction.describe((attributes ?? {}) as Record<string, unknown>)),
  page(panel, page) {
    panel.introduction.show((page ?? {}) as PageView);
    panel.desk.mention({ type: 'page', ...panel.introduction.page() });
  },
  locale: (panel, tag) => void panel.setLocale(String(tag)),
  theme(panel, theme) {
    const { wrapper } = panel.embed;
    wrapper.dataset.theme = String(theme);
    applyTheme(theme as Theme, wrapper);
  },
  consent: (panel, isGiven) => panel.consent(isGiven === true),
  reset: (panel) => panel.reset(),
  destroy: (panel) => panel.destroy(),
};

/** Does what the page asks for; what is not known is ignored. */
export function runCommand(panel: Panel, [name, argument]: Call): void {
  if (Object.hasOwn(COMMANDS, name)) COMMANDS[name]?.(panel, argument);
}
