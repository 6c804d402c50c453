import type { Block } from 'web-shared/protocol/frames.ts';

/** An article by its title, as lists show it. */
export interface ArticleTitle {
  article: string;
  title: string;
}

/** An article as it is read inside the panel. */
export interface Reading extends ArticleTitle {
  url: string;
  category: string;
  updated?: string | null;
  blocks: Block[];
  related: ArticleTitle[];
}

/** Finds articles by a few words, also by the beginning of one. */
export async function findArticles(server: string, q: string, locale: string): Promise<ArticleTitle[]> {
  const { articles } = await ask<{ articles: ArticleTitle[] }>(server, 'articles', { q, locale });
  return articles;
}

export function readArticle(server: string, id: string): Promise<Reading> {
  return ask<Reading>(server, 'article', { id });
}

async function ask<Answer>(server: string, path: string, query: Record<string, string>): Promise<Answer> {
  const answer = await fetch(`${server}widget/${path}?${new URLSearchParams(query)}`);
  if (!answer.ok) throw answer;
  return answer.json() as Promise<Answer>;
}
