import { request } from './http.ts';

/** An article that a search found. */
export interface FoundArticle {
  article: string;
  title: string;
  snippet: string;
  url: string;
}

/** Looks through the articles, agents' own included. */
export async function findArticles(search: string): Promise<FoundArticle[]> {
  const answer = await request<FoundArticle[]>('GET', `/api/v1/articles?${new URLSearchParams({ q: search })}`);
  if (!answer.ok || !Array.isArray(answer.value)) return [];
  return answer.value.map((found) => ({ ...found, url: new URL(found.url, location.origin).href }));
}
