import type { AgentView, EntryView } from 'web-shared/protocol/frames.ts';
import { stopwatch } from 'web-shared/time.ts';

import { claim } from '../commands.ts';
import { WaitingClock } from '../list/row-time.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { targetMs, toneAt, type Tone } from '../sla/target.ts';
import { now } from '../stores/clock.ts';
import { agents } from '../stores/presence.ts';
import { entryOf, waiting, waitingTotal } from '../stores/queue.ts';
import { goTo } from '../stores/route.ts';
import { AVAILABILITY, reasonChip, ROLE, visitorName } from '../words.ts';
import { Held } from './held.tsx';
import styles from './team.module.css';

/** The supervisor's view: who waits, how long, who is there, and what each has. */
export function Team() {
  return (
    <div class={styles.team}>
      <h1>Team</h1>
      <Figures />
      <div class={styles.two}>
        <section class={styles.card} aria-labelledby="waiting-title">
          <h2 id="waiting-title">Waiting for a person</h2>
          <Waiting />
        </section>
        <section class={styles.card} aria-labelledby="agents-title">
          <h2 id="agents-title">Agents</h2>
          <Agents />
        </section>
      </div>
      <section class={styles.card} aria-labelledby="held-title">
        <h2 id="held-title">With agents</h2>
        <Held />
      </section>
    </div>
  );
}

function Figures() {
  const online = agents.value.filter((agent) => agent.availability === 'online');
  const [longest] = waitingLive();
  const waited = longest ? now.value - Date.parse(longest.since) : 0;
  const late = waitingLive().filter((entry) => now.value - Date.parse(entry.since) >= targetMs(entry)).length;
  return (
    <dl class={styles.figures}>
      <Figure
        label="Waiting"
        value={String(waitingTotal.value)}
        note={late > 0 ? `${late} over the target` : 'all within the target'}
        tone={late > 0 ? 'bad' : 'plain'}
      />
      <Figure
        label="Longest wait"
        value={longest ? stopwatch(waited) : '–'}
        note={longest ? visitorName(longest.visitor) : 'nobody waits'}
        tone={longest ? toneAt(waited, targetMs(longest)) : 'plain'}
      />
      <Figure
        label="Online"
        value={`${online.length} of ${agents.value.length}`}
        note={online.length === 0 ? 'visitors can only leave a message' : 'take conversations now'}
        tone={online.length === 0 ? 'bad' : 'plain'}
      />
      <Figure
        label="With agents"
        value={String(agents.value.reduce((sum, agent) => sum + agent.open, 0))}
        note="conversations"
        tone="plain"
      />
    </dl>
  );
}

function Figure({ label, value, note, tone }: { label: string; value: string; note: string; tone: Tone }) {
  return (
    <div data-tone={tone}>
      <dt>{label}</dt>
      <dd>{value}</dd>
      <dd class={styles.note}>{note}</dd>
    </div>
  );
}

function Waiting() {
  if (waiting.value.length === 0) return <p class={styles.quiet}>Nobody is waiting.</p>;
  return (
    <ul>
      {waiting.value.slice(0, 20).map((entry) => (
        <li key={entry.conversation} class={styles.row}>
          <Avatar name={entry.visitor.name ?? entry.visitor.email} seed={entry.conversation} />
          <div class={styles.about}>
            <b dir="auto">{visitorName(entry.visitor)}</b>
            <p dir="auto">{reasonChip(entry)}: {entry.preview}</p>
          </div>
          <WaitingClock entry={entry} />
          <button type="button" class="button small" onClick={() => goTo(entry.conversation)}>Open</button>
          <button type="button" class="button small primary" onClick={() => (claim(entry.conversation), goTo(entry.conversation))}>Claim</button>
        </li>
      ))}
    </ul>
  );
}

const ORDER = { online: 0, away: 1, offline: 2 } as const;

function Agents() {
  const sorted = [...agents.value].sort((one, other) => ORDER[one.availability] - ORDER[other.availability] || other.open - one.open);
  return <ul>{sorted.map((agent) => <AgentRow key={agent.id} agent={agent} />)}</ul>;
}

function AgentRow({ agent }: { agent: AgentView }) {
  const looksAt = agent.viewing.map((id) => visitorName(entryOf(id)?.visitor)).slice(0, 1);
  return (
    <li class={styles.row}>
      <Avatar name={agent.name} seed={agent.id} availability={agent.availability} />
      <div class={styles.about}>
        <b>{agent.name}</b>
        <p>{AVAILABILITY[agent.availability]}, {ROLE[agent.role]?.toLowerCase()}{looksAt.length ? `, looks at ${looksAt.join()}` : ''}</p>
      </div>
      <span class="chip">{agent.open}{agent.capacity > 0 ? ` of ${agent.capacity}` : ''}</span>
    </li>
  );
}

/** Those who wait now; left messages are another promise. */
function waitingLive(): readonly EntryView[] {
  return waiting.value.filter((entry) => !entry.left);
}
