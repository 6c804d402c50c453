import { signal } from '@preact/signals';
import type { PacketView } from 'web-shared/protocol/frames.ts';

/** What came with each conversation that was followed. */
const packets = signal<ReadonlyMap<string, PacketView>>(new Map());

/** What an agent needs to know beside the transcript; absent until it has come. */
export function packetOf(conversation: string): PacketView | undefined {
  return packets.value.get(conversation);
}

export function packetArrived(packet: PacketView): void {
  packets.value = new Map(packets.value).set(packet.conversation, packet);
}

export function forgetPackets(): void {
  packets.value = new Map();
}
