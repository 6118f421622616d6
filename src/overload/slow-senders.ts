/** A request whose body is on its way. */
export type Sender = {
  /** So many more of its bytes are held. */
  readonly hold: (bytes: number) => void;
  /** Its body is here, or nobody waits for it any more. */
  readonly leave: () => void;
};

export type SlowSenders = {
  /** @param giveUp is called where others need the room more: the request ends as one that came too late */
  readonly enter: (giveUp: () => void) => Sender;
};

/**
 * Bounds the requests that are being sent, by their number and by the bytes of them that are held. Most are here in one
 * piece, so that who has been sending for longest is slow: beyond the bounds it is given up, whoever came last never is.
 */
export function createSlowSenders(maxSenders: number, maxBytes: number): SlowSenders {
  const senders = new Map<Sender, { bytes: number; readonly giveUp: () => void }>();
  let held = 0;

  const leave = (sender: Sender): void => {
    held -= senders.get(sender)?.bytes ?? 0;
    senders.delete(sender);
  };
  const makeRoom = (): void => {
    for (const [sender, { giveUp }] of senders) {
      if (senders.size <= maxSenders && held <= maxBytes) return;
      leave(sender);
      giveUp();
    }
  };
  return {
    enter: (giveUp) => {
      const sender: Sender = {
        hold: (bytes) => {
          const entry = senders.get(sender);
          if (entry === undefined) return;
          entry.bytes += bytes;
          held += bytes;
          makeRoom();
        },
        leave: () => leave(sender),
      };
      senders.set(sender, { bytes: 0, giveUp });
      makeRoom();
      return sender;
    },
  };
}
