import type { App, AppProps } from './app.ts';
import { findArticles } from './articles.ts';
import { Icon } from './icons.tsx';

/** So long after the last key, the search begins. */
const PAUSE = 150;
const SHORTEST = 2;

let timer: ReturnType<typeof setTimeout> | undefined;

/** Looks for what is being typed; an answer that comes too late is dropped. */
export function search({ ui, i18n, server }: App, question: string): void {
  const text = question.trim();
  clearTimeout(timer);
  ui.set({ question, found: text.length < SHORTEST ? undefined : ui.state.found });
  if (text.length < SHORTEST) return;
  timer = setTimeout(async () => {
    // Without an answer, the question can still be asked.
    const found = await findArticles(server, text, i18n.locale).catch(() => undefined);
    if (ui.state.question.trim() === text) ui.set({ found });
  }, PAUSE);
}

/** The articles that fit what is typed, in the place of the popular questions. */
export function Found({ app }: AppProps) {
  const { ui, i18n: { t } } = app;
  const { found = [] } = ui.state;
  return (
    <section class="card popular" aria-label={t('found', { n: found.length })}>
      <h3><span role="status">{t('found', { n: found.length })}</span></h3>
      {found.map(({ article, title }) => (
        <button key={article} onClick={() => app.read(article)}>
          <Icon name="article" size="s" /><span dir="auto">{title}</span><Icon name="next" size="s" />
        </button>
      ))}
    </section>
  );
}
