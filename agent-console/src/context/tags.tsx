import { openPalette } from '../palette/palette-state.ts';
import { Icon } from '../parts/icon.tsx';
import { setTag, tagsOf } from '../stores/tags.ts';
import styles from './context.module.css';

/** What the conversation is about, in the team's own words. */
export function Tags({ id }: { id: string }) {
  const tags = tagsOf(id);
  return (
    <section class={styles.section} aria-labelledby="tags-title">
      <h2 id="tags-title" class={styles.title}>Tags</h2>
      <div class={styles.tags}>
        {tags.map((tag) => (
          <span key={tag} class="chip" data-tone="accent">
            {tag}
            <button type="button" aria-label={`Remove ${tag}`} onClick={() => setTag([id], tag, false)}>
              <Icon name="close" size={12} />
            </button>
          </span>
        ))}
        <button type="button" class="button small" onClick={() => openPalette('tag', [id])}>
          <Icon name="plus" size={14} /> Tag
        </button>
      </div>
    </section>
  );
}
