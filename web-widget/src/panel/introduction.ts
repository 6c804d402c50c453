import type { Hello, Identity, PageView, VisitorFrame } from 'web-shared/protocol/frames.ts';

type TokenSource = string | (() => string | Promise<string>);

/** What a site says of its visitor: a signed token, a function that fetches one, or plain claims. */
export interface SiteIdentity extends Omit<Identity, 'token'> {
  token?: TokenSource;
}

/** Who the visitor is and where, as the site tells it. */
export class Introduction {
  locale: string;
  #identity: SiteIdentity | undefined;
  #attributes: Record<string, string> | undefined;
  #namedPage: PageView | undefined;
  /** When the last token of the site's function ends, in milliseconds. */
  expiry: number | undefined;

  constructor(locale: string) {
    this.locale = locale;
  }

  /** The part of `hello` that is known at once. */
  greeting(): Pick<Hello, 'locale' | 'time_zone' | 'page' | 'identity'> {
    const token = this.#identity?.token;
    const identity = typeof token === 'function' ? undefined : { ...this.#identity, token };
    const { timeZone: time_zone } = Intl.DateTimeFormat().resolvedOptions();
    return { locale: this.locale, time_zone, page: this.page(), identity: this.#identity && identity };
  }

  /** What follows a welcome. */
  async frames(): Promise<VisitorFrame[]> {
    const frames: VisitorFrame[] = [];
    if (this.#attributes) frames.push({ type: 'attributes', attributes: this.#attributes });
    const identity = await this.#freshIdentity();
    if (identity) frames.push({ type: 'identify', identity });
    return frames;
  }

  /** The page and the one before it, without their queries: those may hold what is nobody's business. */
  page(): PageView {
    const { origin, pathname } = location;
    return this.#namedPage ?? { url: origin + pathname, title: document.title, referrer: document.referrer.split('?')[0] || undefined };
  }

  identify(identity: SiteIdentity): void {
    this.#identity = identity;
  }

  describe(attributes: Record<string, unknown>): VisitorFrame {
    const texts = Object.entries(attributes).map(([name, value]) => [name, String(value).slice(0, 200)]);
    const known = { ...this.#attributes, ...Object.fromEntries(texts) };
    this.#attributes = Object.fromEntries(Object.entries(known).slice(-20)) as Record<string, string>;
    return { type: 'attributes', attributes: this.#attributes };
  }

  show(page: PageView): void {
    this.#namedPage = page;
  }

  forget(): void {
    this.#identity = this.#attributes = undefined;
  }

  /** A function is asked each time, since its tokens expire within minutes. */
  async #freshIdentity(): Promise<Identity | undefined> {
    if (typeof this.#identity?.token !== 'function') return undefined;
    try {
      const token = await this.#identity.token();
      this.expiry = expiryOf(token);
      return { ...this.#identity, token };
    } catch {
      return undefined;
    }
  }
}

/** What a JWT says of its own end; the server decides, this only tells when to ask for the next one. */
function expiryOf(token: string): number | undefined {
  try {
    const claims = JSON.parse(atob(token.split('.')[1]!.replace(/-/g, '+').replace(/_/g, '/'))) as { exp: number };
    return claims.exp * 1000;
  } catch {
    return undefined;
  }
}
