import type { Middleware } from 'koa';
import { hostsPage } from './pages/hosts-page.ts';
import { sendPage } from './send-page.ts';
import type { HostReports } from '../http/hosts-route.ts';

/** `GET /hosts`: the table of hosts for people. What the query says that is not known is as if not said. */
export function hostsPageRoute({ report, sorts }: HostReports): Middleware {
  return async (ctx) => {
    const asked = new URLSearchParams(ctx.querystring);
    const window = asked.get('window') === '1h' ? '1h' : '5m';
    const sort = sorts.find((each) => each === asked.get('sort')) ?? sorts[0]!;
    const filter = asked.get('filter') ?? '';
    sendPage(ctx, 200, hostsPage(await report({ window, sort, filter }), { window, sort, filter }));
  };
}
