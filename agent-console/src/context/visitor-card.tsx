import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { conversation } from '../stores/conversations.ts';
import { entryOf } from '../stores/queue.ts';
import { visitorName } from '../words.ts';
import styles from './context.module.css';

/** Who the visitor is, and whether the site vouches for that. */
export function VisitorCard({ id }: { id: string }) {
  const visitor = entryOf(id)?.visitor;
  const email = visitor?.email ?? leftAddress(id);
  const isKnown = Boolean(visitor?.name ?? email);
  return (
    <section class={styles.section} aria-label="Visitor">
      <div class={styles.who}>
        <Avatar name={visitor?.name ?? email} seed={id} size="large" />
        <div>
          <b dir="auto">{visitorName(visitor)}</b>
          {email && <a href={`mailto:${email}`}>{email}</a>}
          {isKnown && <Verified isVerified={visitor?.verified ?? false} />}
        </div>
      </div>
    </section>
  );
}

function Verified({ isVerified }: { isVerified: boolean }) {
  return isVerified ? (
    <span class={styles.verified}><Icon name="shield" size={14} />Verified by the site</span>
  ) : (
    <span class={styles.unverified}>Not verified</span>
  );
}

function leftAddress(id: string): string | undefined {
  const left = conversation(id).value.events.findLast((event) => event.kind === 'contact_left');
  return left?.kind === 'contact_left' ? left.email : undefined;
}
