import { useEffect, useState } from 'preact/hooks';
import { moment } from 'web-shared/time.ts';

import { request } from '../stores/http.ts';
import type { Page } from '../stores/search.ts';
import { now } from '../stores/clock.ts';
import styles from './settings.module.css';

interface AuditEntry {
  id: string;
  at: string;
  actor: { name: string };
  act: string;
  subject: string;
  detail: string;
}

const HEADS = ['When', 'Who', 'What', 'Whom or which'] as const;

/** Who signed in, and who changed, exported or deleted what. */
export function AuditPage() {
  const [entries, setEntries] = useState<readonly AuditEntry[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = async (after: string | null) => {
    const query = new URLSearchParams({ limit: '50', ...(after && { after }) });
    const answer = await request<Page<AuditEntry>>('GET', `/api/v1/audit?${query}`);
    if (!answer.ok) return setProblem(answer.problem.message);
    setEntries((before) => [...(after ? (before ?? []) : []), ...answer.value.items]);
    setNext(answer.value.next);
  };
  useEffect(() => void load(null), []);
  return (
    <>
      <h2>Audit log</h2>
      <p class={styles.lead}>Who signed in, and who changed, exported or deleted what.</p>
      {problem && <p class={styles.problem} role="alert">{problem}</p>}
      {entries && (
        <div class={`${styles.wide} ${styles.scroll}`} tabIndex={0} role="region" aria-label="Audit log">
          <table class={styles.table}>
            <thead>
              <tr>{HEADS.map((head) => <th key={head} scope="col">{head}</th>)}</tr>
            </thead>
            <tbody>{entries.map((entry) => <Row key={entry.id} entry={entry} />)}</tbody>
          </table>
        </div>
      )}
      {next && <button type="button" class="button" onClick={() => void load(next)}>Show more</button>}
    </>
  );
}

function Row({ entry: { at, actor, act, subject, detail } }: { entry: AuditEntry }) {
  return (
    <tr>
      <td>{moment(new Date(at), new Date(now.peek()), navigator.language)}</td>
      <td>{actor.name}</td>
      <td>{act.replaceAll('_', ' ')}</td>
      <td>{[subject, detail].filter(Boolean).join(': ')}</td>
    </tr>
  );
}
