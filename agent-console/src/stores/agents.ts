import { request, type Problem } from './http.ts';

/** An agent as an administrator sees them. */
export interface AgentCard {
  id: string;
  name: string;
  email: string;
  role: string;
  disabled: boolean;
  /** None means any. */
  languages: readonly string[];
  /** Null is as many as the settings say; 0 is without limit. */
  capacity: number | null;
}

const PATH = '/api/v1/agents';

export async function listAgents(): Promise<readonly AgentCard[]> {
  const answer = await request<AgentCard[]>('GET', PATH);
  return answer.ok ? answer.value : [];
}

/** Changes an agent, or makes one where there is no id. */
export async function saveAgent(id: string | null, fields: Partial<AgentCard> & { password?: string }): Promise<Problem | null> {
  const answer = id ? await request('PATCH', `${PATH}/${id}`, fields) : await request('POST', PATH, fields);
  return answer.ok ? null : answer.problem;
}
