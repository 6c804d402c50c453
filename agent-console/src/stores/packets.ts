import type { PageView } from 'web-shared/protocol/frames.ts';

/** What the server packs for an agent beside the transcript. */
export interface Packet {
  pages: readonly PageView[];
  signals: readonly string[];
}

export function packetOf(_conversation: string): Packet | undefined {
  return undefined;
}
