import { signal } from '@preact/signals';
import type { AgentView } from 'web-shared/protocol/frames.ts';

import { request, type Problem } from './http.ts';
import { me } from './presence.ts';

/** Where somebody is who opens the console. */
export type Phase = 'starting' | 'setting_up' | 'signed_out' | 'signed_in' | 'unreachable';

const SESSION = '/api/v1/session';

export const phase = signal<Phase>('starting');

/** Why the sign-in form is there, when it was not asked for. */
export const signedOutBecause = signal<string | null>(null);

let setUpToken: string | null = null;

/** Finds out where to begin: a set-up link wins over a session. */
export async function beginSession(hash: string): Promise<void> {
  setUpToken = /^#setup=(.+)$/.exec(hash)?.[1] ?? null;
  if (setUpToken) phase.value = 'setting_up';
  else await checkSession();
}

/** Asks whether the cookie still counts. */
export async function checkSession(): Promise<void> {
  const answer = await request<{ agent: AgentView }>('GET', SESSION);
  if (answer.ok) enter(answer.value.agent);
  else if (answer.problem.status === 401) leave('Your session has ended. Sign in to go on.');
  else if (phase.value !== 'signed_in') phase.value = 'unreachable';
}

export async function signIn(email: string, password: string): Promise<Problem | null> {
  const answer = await request('POST', SESSION, { email, password });
  if (!answer.ok) return answer.problem;
  await checkSession();
  return null;
}

/** Creates the first agent; the link works once. */
export async function setUp(name: string, email: string, password: string): Promise<Problem | null> {
  const answer = await request('POST', '/api/v1/setup', { token: setUpToken, name, email, password });
  if (!answer.ok) return answer.problem;
  setUpToken = null;
  history.replaceState(null, '', location.pathname);
  await checkSession();
  return null;
}

export async function signOut(): Promise<Problem | null> {
  const answer = await request('DELETE', SESSION);
  if (!answer.ok && answer.problem.status !== 401) return answer.problem;
  signedOutBecause.value = null;
  phase.value = 'signed_out';
  return null;
}

function enter(agent: AgentView): void {
  me.value = agent;
  signedOutBecause.value = null;
  phase.value = 'signed_in';
}

function leave(reason: string): void {
  signedOutBecause.value = phase.value === 'signed_in' ? reason : null;
  phase.value = 'signed_out';
}
