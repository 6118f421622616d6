import type { Middleware } from 'koa';
import { z } from 'zod';
import type { HostReport } from '../hosts/host-table.ts';
import { checked } from './unwrap-request.ts';

/** What is known of the creative hosts. */
export type HostReports = {
  readonly report: (query: HostsQuery) => HostReport | Promise<HostReport>;
  /** The columns that it can be sorted by. */
  readonly sorts: readonly string[];
};

export type HostsQuery = {
  readonly window?: '5m' | '1h';
  readonly limit?: number;
  /** A part of the host's name. */
  readonly filter?: string;
  readonly sort?: string;
};

/** `GET /v1/hosts`: the creative hosts, by their share of all waiting unless `sort` says otherwise. */
export function hostsRoute({ report, sorts }: HostReports): Middleware {
  const schema = z.object({
    window: z.enum(['5m', '1h']).exactOptional(),
    limit: z.coerce.number().int().min(1).max(10_000).exactOptional(),
    filter: z.string().exactOptional(),
    sort: z.enum(sorts).exactOptional(),
  });
  return async (ctx) => {
    ctx.type = 'application/json';
    ctx.body = JSON.stringify(await report(checked(schema, { ...ctx.query })), rounded);
  };
}

/** Microseconds, and thousandths of a share, are as fine as anyone reads. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
}
