import { request, type Outcome, type Problem } from './http.ts';

/** What a program may use its key for. */
export type KeyScope = 'read' | 'write';

/** A program's key, without its secret. */
export interface ApiKey {
  id: string;
  name: string;
  role: string;
  scope: KeyScope;
  queues: readonly string[];
  made_by: string;
  made_at: string;
  used_at: string | null;
  revoked_at: string | null;
}

export interface KeyFields {
  name: string;
  role: string;
  scope: KeyScope;
  /** Which queues it sees, with the role of an agent. */
  queues: readonly string[];
}

const PATH = '/api/v1/keys';

export async function listKeys(): Promise<Outcome<readonly ApiKey[]>> {
  return request<ApiKey[]>('GET', PATH);
}

/** The secret is in the answer, this once. */
export async function makeKey(fields: KeyFields): Promise<Outcome<ApiKey & { secret: string }>> {
  return request('POST', PATH, fields);
}

export async function revokeKey(id: string): Promise<Problem | null> {
  const answer = await request('DELETE', `${PATH}/${id}`);
  return answer.ok ? null : answer.problem;
}
