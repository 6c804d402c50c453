import { useState } from 'preact/hooks';

import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { complain, showToast } from '../stores/toasts.ts';
import { articleMarkdown, fileName, wordingLines, type Asked } from './article-draft.ts';
import styles from './article-dialog.module.css';

interface ArticleDialogProps {
  asked: Asked;
  /** The article that gets more wordings; none for a new one. */
  article?: string | undefined;
  onClose: () => void;
}

/** Articles are files that editors keep with git, so this makes the file's text and nothing else. */
export function ArticleDialog({ asked, article, onClose }: ArticleDialogProps) {
  const [title, setTitle] = useState(asked.questions[0] ?? '');
  const [written, setWritten] = useState<string | null>(null);
  const text = written ?? (article ? wordingLines(asked) : articleMarkdown(title, asked));
  const name = article ? `${article}.md` : `${fileName(title)}.md`;
  return (
    <Dialog title={article ? 'Add wording' : 'Write an article'} size="wide" onClose={onClose}>
      <div class={styles.form}>
        {article ? (
          <p>Put these lines into the front matter of <code>{name}</code>, so that the article is found by these words too.</p>
        ) : (
          <label class={styles.field}>
            Title
            <input type="text" value={title} dir="auto" onInput={(event) => (setTitle(event.currentTarget.value), setWritten(null))} />
          </label>
        )}
        <label class={styles.field}>
          {article ? 'Lines to add' : 'The file'}
          <textarea
            rows={article ? 6 : 12}
            spellcheck={false}
            dir="auto"
            value={text}
            onInput={(event) => setWritten(event.currentTarget.value)}
          />
        </label>
        <p class="hint">
          {article
            ? 'The desk reads the file again as soon as it is saved.'
            : `Save it as ${name} in a folder of your articles. The desk reads it as soon as it is there.`}
        </p>
        <div class={styles.foot}>
          {!article && (
            <button type="button" class="button" onClick={() => download(name, text)}>
              <Icon name="arrowDown" size={16} /> Download
            </button>
          )}
          <button type="button" class="button primary" onClick={() => void copy(text)}>Copy</button>
        </div>
      </div>
    </Dialog>
  );
}

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text).then(
    () => showToast('Copied.'),
    () => complain('The browser did not let us copy it. Select the text and copy it yourself.'),
  );
}

function download(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
