import { blockedCategories } from '../chain/chain.ts';
import type { Branch } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import { deviceHeaders } from '../openrtb/device-headers.ts';
import { chainMacroValues, hopMacroValues } from '../openrtb/macro-values.ts';
import { readPrivacy } from '../openrtb/privacy.ts';
import { fillMacros, type MacroValues } from '../vast/macros.ts';
import type { Ports, TagRequest } from './ports.ts';
import type { UnwrapRequest } from './request.ts';

const TMAX = /(?<=[?&]tmax=)\d+/i;

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
    const filled = uri.includes('[') ? fillMacros(uri, valuesFor(branch)) : { uri, personal: false };
    const url = ports.forwardTmax ? filled.uri.replace(TMAX, String(Math.floor(deadline.remaining()))) : filled.uri;
    return {
      url,
      target: URL.parse(url),
      uri,
      headers,
      personal: { url: filled.personal || url !== filled.uri, headers: hasDevice },
    };
  };
}
