import type { Clock } from '../deadline.ts';
import { createAgents } from './agents.ts';
import { type Client, createGotClient, createNativeClient } from './client.ts';
import type { EgressPolicy } from './guard.ts';
import type { Resolver } from './resolver.ts';
import type { TlsIdentity } from './tls-identity.ts';
import { createWarmConnections } from './warm-connections.ts';

/** A client on kept connections, and one that opens a connection of its own. */
export type Clients = { readonly kept: Client; readonly fresh: Client };

/** Connections that are made with the same certificate, or with none: no request that is to be made otherwise gets one. */
export type Pool = Readonly<Record<'native' | 'got', Clients>> & {
  /** Is a certificate shown to servers that ask for one? */
  readonly showsCertificate: boolean;
  /** Opens a connection to an origin that has none; nothing is sent. */
  readonly keepWarm: (origin: string) => void;
  /** Kept connections that lie idle. */
  readonly idle: () => number;
  /** Keeps no connection that was made until now: who is idle ends, who is in use ends after its reply. */
  readonly renew: () => void;
  /** Ends all connections. */
  readonly close: () => void;
};

const IDLE = { idlePerHost: 16, idleInAll: 512 };

/** Opens nothing yet. */
export function createPool(policy: EgressPolicy, resolver: Resolver, tls: TlsIdentity, clock: Clock): Pool {
  const kept = createAgents({ policy, resolver, tls, ...IDLE });
  const fresh = createAgents({ policy, resolver, tls, idlePerHost: 0, idleInAll: 0 });
  const warm = createWarmConnections(kept.http, kept.https, tls, clock);
  return {
    native: { kept: createNativeClient(kept), fresh: createNativeClient(fresh) },
    got: { kept: createGotClient(kept), fresh: createGotClient(fresh) },
    showsCertificate: tls.cert !== undefined,
    keepWarm: warm.keepWarm,
    idle: kept.idle,
    renew: () => {
      warm.close();
      kept.renew();
    },
    close: () => {
      warm.close();
      kept.close();
      fresh.close();
    },
  };
}
