/** What came of a place: the host answered, or kept it until the time was over, or neither. */
export type Occupied = 'answered' | 'hung' | 'neither';

/** Counts what is under way, per host and in all, so that one host that hangs cannot take everything. */
export type Bulkhead = {
  /** Takes a place; null where there is none: nobody waits in a queue. Call what it returns once, when done. */
  readonly enter: (host: string) => ((came: Occupied) => void) | null;
  /** How many places are taken. */
  readonly inFlight: () => number;
};

export type BulkheadSettings = {
  /** The most that a host may have that answers. */
  readonly perHost: number;
  readonly inAll: number;
};

/** What a host has of which nothing is known. */
const AT_FIRST = 64;
/** What a host keeps that does nothing but hang. */
const FEW = 8;
/** What a place that hung leaves of the room. A host of which one request in ten hangs comes to rest at 90 places. */
const SHRINK = 0.9;
/** Idle hosts of which the room is remembered. */
const MAX_IDLE = 1000;

type Room = { taken: number; limit: number };

/**
 * Gives a host one place more for each answer that came while half of its room was in use, so that it grows
 * by a third in each round trip, and takes a tenth away for each request that hung.
 */
export function createBulkhead({ perHost, inAll }: BulkheadSettings): Bulkhead {
  const atFirst = Math.min(AT_FIRST, perHost);
  const few = Math.min(FEW, perHost);
  const busy = new Map<string, Room>();
  /** Those that have another room than at first; the one longest idle comes first. */
  const idle = new Map<string, Room>();
  let total = 0;

  const leave = (host: string, room: Room, came: Occupied): void => {
    if (came === 'hung') room.limit = Math.max(few, room.limit * SHRINK);
    else if (came === 'answered' && room.taken * 2 >= room.limit) room.limit = Math.min(perHost, room.limit + 1);
    total -= 1;
    room.taken -= 1;
    if (room.taken > 0) return;
    busy.delete(host);
    if (room.limit === atFirst) return;
    idle.set(host, room);
    if (idle.size > MAX_IDLE) idle.delete(idle.keys().next().value!);
  };

  return {
    enter: (host) => {
      const room = busy.get(host) ?? idle.get(host) ?? { taken: 0, limit: atFirst };
      if (room.taken >= Math.floor(room.limit) || total >= inAll) return null;
      if (room.taken === 0) {
        idle.delete(host);
        busy.set(host, room);
      }
      room.taken += 1;
      total += 1;
      return (came) => leave(host, room, came);
    },
    inFlight: () => total,
  };
}
