/** What went wrong with a request, in words for people. */
export interface Problem {
  status: number;
  code: string;
  message: string;
}

export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: Problem };

const UNREACHABLE: Problem = {
  status: 0,
  code: 'unreachable',
  message: 'The desk cannot be reached. Check your connection and try again.',
};

/** Asks the server for JSON; an empty answer is `null`. */
export async function request<T>(method: string, path: string, body?: unknown): Promise<Outcome<T>> {
  try {
    const response = await fetch(path, {
      method,
      credentials: 'same-origin',
      ...(body !== undefined && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    });
    const answer = parse(await response.text());
    if (response.ok) return { ok: true, value: answer as T };
    return { ok: false, problem: problemOf(response, answer) };
  } catch {
    return { ok: false, problem: UNREACHABLE };
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function problemOf(response: Response, answer: unknown): Problem {
  const { code, message } = (answer ?? {}) as Partial<Problem>;
  return {
    status: response.status,
    code: code ?? 'unknown',
    message: sentence(message) ?? wordsFor(response),
  };
}

function wordsFor(response: Response): string {
  if (response.status === 401) return 'That e-mail address and password do not match.';
  if (response.status === 429) return `Too many tries. ${waitWords(response.headers.get('retry-after'))}`;
  return 'That did not work. Try again in a moment.';
}

function waitWords(retryAfter: string | null): string {
  const seconds = Number(retryAfter);
  if (!(seconds > 0)) return 'Wait a moment and try again.';
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'Try again in a minute.' : `Try again in ${minutes} minutes.`;
}

/** Servers write errors in lower case without a full stop; on a screen they are sentences. */
function sentence(message: string | undefined): string | undefined {
  const text = message?.trim();
  if (!text) return undefined;
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.?!]$/.test(capital) ? capital : `${capital}.`;
}
