import { Deadline } from '../../src/deadline.ts';
import { createEgress, type Egress } from '../../src/egress/egress.ts';
import type { Outgoing, Sent } from '../../src/egress/outgoing.ts';
import { type FaultServer, startFaultServer } from './fault-server.ts';

/** A server of faults, and what asks it within a minute. */
export type EgressClient = {
  readonly server: FaultServer;
  readonly egress: Egress;
  readonly deadline: Deadline;
  readonly send: (url: string, more?: Partial<Outgoing>, within?: Deadline) => Promise<Sent>;
  readonly close: () => Promise<void>;
};

export async function startEgressClient(client: 'got' | 'native', clock?: () => number): Promise<EgressClient> {
  const deadline = Deadline.after(60_000, clock);
  const server = await startFaultServer();
  const egress = createEgress({
    allow: ['127.0.0.0/8'],
    ports: [80],
    client,
    maxDocumentBytes: 1000,
    userAgent: 'test',
  });
  return {
    server,
    egress,
    deadline,
    send: (url, more = {}, within = deadline) =>
      egress.send(
        {
          url,
          target: URL.parse(url),
          method: 'GET',
          headers: {},
          maxBytes: 1000,
          overflow: 'fail',
          wantsBody: () => true,
          ...more,
        },
        within,
      ),
    close: async () => {
      deadline.cancel();
      egress.close();
      await server.stop();
    },
  };
}

/** How it ended, in one word. */
export const endOf = ({ outcome }: Sent): string => (outcome.ok ? 'ok' : outcome.failure.reason);
