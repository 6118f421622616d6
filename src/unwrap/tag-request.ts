import { blockedCategories } from '../chain/chain.ts';
import type { Branch } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import { deviceHeaders } from '../openrtb/device-headers.ts';
import { chainMacroValues, hopMacroValues } from '../openrtb/macro-values.ts';
import { readPrivacy } from '../openrtb/privacy.ts';
import { fillMacros, type MacroValues } from '../vast/macros.ts';
import { fillPlaceholders } from '../vast/placeholders.ts';
import type { Ports, TagRequest } from './ports.ts';
import type { UnwrapRequest } from './request.ts';

const TMAX = /(?<=[?&;]tmax=)\d+/i;

/** No server is given longer than its tag says. */
const lowerTmax = (url: string, remainingMs: number): string =>
  url.replace(TMAX, (written) => String(Math.min(Number(written), Math.floor(remainingMs))));

/**
 * Makes the requests of one chain: macros filled, device headers added. What is the same for all its hops is worked out
 * once, the values of macros only where a URI has some. `uri` is absolute, its macros unfilled; `branch` are the wrappers above the document that it names.
 */
export function createTagRequests(
  request: UnwrapRequest,
  ports: Ports,
  deadline: Deadline,
): (uri: string, branch: Branch) => TagRequest {
  let chain: MacroValues | null = null;
  const headers = deviceHeaders(request.device, request.site, request.app, readPrivacy(request));
  const hasDevice = Object.keys(headers).length > 0;
  const valuesFor = (branch: Branch): MacroValues => {
    const blocked = [...request.blocked.cat, ...blockedCategories(branch)];
    chain ??= chainMacroValues(request, ports.uuid(), ports.userAgent);
    return hopMacroValues(chain, { now: ports.now(), random: ports.random(), blockedCategories: blocked });
  };
  return (uri, branch) => {
    // Of what callers give for the placeholders of others nobody knows whom it belongs to.
    const given = /^data:/i.test(uri) ? uri : fillPlaceholders(uri, request.macros);
    const filled = given.includes('[') ? fillMacros(given, valuesFor(branch)) : { uri: given, personal: false };
    const url = ports.forwardTmax ? lowerTmax(filled.uri, deadline.remaining()) : filled.uri;
    const isPersonal = filled.personal || given !== uri || url !== filled.uri;
    return { url, target: URL.parse(url), uri, headers, personal: { url: isPersonal, headers: hasDevice } };
  };
}
