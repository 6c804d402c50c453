import { canned, loadCanned, type CannedResponse } from './canned.ts';
import { request, type Problem } from './http.ts';

const PATH = '/api/v1/canned';

/** A prepared text as an agent writes it. */
export type CannedDraft = Pick<CannedResponse, 'shortcut' | 'title' | 'text'> & {
  personal: boolean;
  /** Absent for a new one. */
  id?: string | undefined;
};

export async function saveCanned({ id, ...fields }: CannedDraft): Promise<Problem | null> {
  const answer = id ? await request('PUT', `${PATH}/${id}`, fields) : await request('POST', PATH, fields);
  if (!answer.ok) return answer.problem;
  await loadCanned();
  return null;
}

export async function removeCanned(id: string): Promise<Problem | null> {
  const answer = await request('DELETE', `${PATH}/${id}`);
  if (!answer.ok) return answer.problem;
  canned.value = canned.value.filter((one) => one.id !== id);
  return null;
}

/** The most used come first; a lost count is no harm. */
export function countUse(id: string | undefined): void {
  if (id) void request('POST', `${PATH}/${id}/uses`);
}
