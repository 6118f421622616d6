/** Where a Redis or Valkey is: one server, the nodes of a cluster, or the sentinels that know the server. */
export type CacheAddress = {
  readonly kind: 'single' | 'cluster' | 'sentinel';
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
  readonly tls: boolean;
  readonly user: string | null;
  readonly password: string | null;
  readonly database: number;
  /** What the sentinels call the server; null but for `sentinel`. */
  readonly master: string | null;
};

const FORM = /^(?:redis|valkey)(s?)(?:\+(cluster|sentinel))?:\/\/(?:([^@/,]*)@)?([^@/\s]+)((?:\/[^/\s]*)*)$/;
const NODE = /^(\[[0-9a-f:.]+\]|[a-z0-9_.-]+)(?::(\d{1,5}))?$/i;
const PORTS = { single: 6379, cluster: 6379, sentinel: 26_379 };

/**
 * Reads an address; null where it is none.
 *
 *     redis://user:password@host:6379/database      rediss://… over TLS, valkey:// and valkeys:// the same
 *     redis+cluster://user:password@host:6379,host:6379
 *     redis+sentinel://user:password@host:26379,host:26379/master/database
 *
 * User and password are percent-encoded.
 */
export function parseCacheAddress(written: string): CacheAddress | null {
  const [, tls, how = 'single', credentials = '', hosts, path = ''] = FORM.exec(written) ?? [];
  if (hosts === undefined) return null;
  const kind = how as CacheAddress['kind'];
  const nodes = hosts.split(',').map((each) => readNode(each, PORTS[kind]));
  const isAll = nodes.every((node) => node !== null);
  const [user, password] = credentials.split(/:(.*)/s, 2).map(decoded) as [string | null, string | null | undefined];
  const parts = path.split('/').filter((each) => each !== '');
  const master = kind === 'sentinel' ? (decoded(parts.shift() ?? '') ?? '') : null;
  const database = Number(parts.shift() ?? 0);
  const isBounded = kind === 'single' ? nodes.length === 1 : kind === 'sentinel' || database === 0;
  const isWrong = user === null || password === null || master === '' || parts.length > 0;
  if (!isAll || !isBounded || isWrong || !Number.isInteger(database) || database < 0) return null;
  return { kind, nodes, tls: tls === 's', user: user || null, password: password || null, database, master };
}

function readNode(written: string, usual: number): CacheAddress['nodes'][number] | null {
  const [, host, port = String(usual)] = NODE.exec(written) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535) return null;
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) };
}

/** Null where the percent signs are no encoding. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
