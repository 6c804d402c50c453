import { Blocks } from 'web-shared/blocks.tsx';
import { dayName } from 'web-shared/time.ts';
import type { AppProps } from './app.ts';
import type { Reading } from './articles.ts';
import { Icon } from './icons.tsx';
import { CloseButton } from './menu.tsx';

/** An article, read without leaving the page. */
export function Reader({ app }: AppProps) {
  const { ui, i18n: { t } } = app;
  const { reading, readFrom } = ui.state;
  return (
    <div class="conversation">
      <div class="top">
        <button class="icon" aria-label={t('back')} onClick={() => ui.show(readFrom)}><Icon name="back" /></button>
        <div class="title"><h2>{reading?.category || t('read')}</h2></div>
        <CloseButton app={app} />
      </div>
      <div class="log prose" data-focus tabIndex={0} aria-busy={!reading}>
        {reading ? <Text app={app} reading={reading} /> : ui.state.isUnread ? <p>{t('failed')}</p> : <Bones />}
      </div>
      <div class="composer">
        <button class="button wide" onClick={() => app.askAbout()}><Icon name="chat" />{t('askAbout')}</button>
      </div>
    </div>
  );
}

function Text({ app, reading: { title, updated, blocks, url, related } }: AppProps & { reading: Reading }) {
  const { server, i18n: { t, locale } } = app;
  return (
    <>
      <h3 class="big" dir="auto">{title}</h3>
      {updated && <p class="small">{t('updated', { when: dayName(new Date(updated), new Date(), locale) })}</p>}
      <Blocks blocks={blocks} base={server} />
      <p class="small"><a href={url} target="_blank" rel="noopener">{t('openPage')}</a></p>
      {related.length > 0 && <h4>{t('related')}</h4>}
      {related.map((each) => <button key={each.article} class="link" onClick={() => app.read(each.article)}>{each.title}</button>)}
    </>
  );
}

/** Where text will be. */
export function Bones() {
  return <div class="skeleton" aria-hidden="true">{[1, 2, 3, 4].map(() => <div class="bone" />)}</div>;
}
