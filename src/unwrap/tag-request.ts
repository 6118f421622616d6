import { blockedCategories } from '../chain/chain.ts';
import type { Branch } from '../chain/step.ts';
import type { Deadline } from '../deadline.ts';
import { deviceHeaders } from '../openrtb/device-headers.ts';
import {
  type Disclosure,
  discloseGiven,
  discloseMacros,
  DISCLOSE_ALL,
  DISCLOSE_LEAST,
  disclosesAll,
} from '../openrtb/disclosure.ts';
import { chainMacroValues, hopMacroValues } from '../openrtb/macro-values.ts';
import { readPrivacy } from '../openrtb/privacy.ts';
import { MAX_URL_CHARS } from '../vast/fill-within.ts';
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
 * once, the values of macros only where a URI has some. `uri` is absolute, its macros unfilled; `branch` are the wrappers
 * above the document that it names. A host that the operator tells less gets a URL that says less.
 */
export function createTagRequests(
  request: UnwrapRequest,
  ports: Ports,
  deadline: Deadline,
): (uri: string, branch: Branch) => TagRequest {
  let chain: MacroValues | null = null;
  const privacy = readPrivacy(request);
  const headers = deviceHeaders(request.device, request.site, request.app, privacy);
  const hasDevice = Object.keys(headers).length > 0;
  const withoutConsent = privacy.restricted && ports.terms.goByConsent();
  const valuesFor = (branch: Branch): MacroValues => {
    const blocked = [...request.blocked.cat, ...blockedCategories(branch)];
    chain ??= chainMacroValues(request, ports.uuid(), ports.userAgent);
    return hopMacroValues(chain, { now: ports.now(), random: ports.random(), blockedCategories: blocked });
  };
  const fill = (uri: string, branch: Branch, disclosure: Disclosure): Filled => {
    const isAll = disclosesAll(disclosure);
    const own = isAll ? request.macros : discloseGiven(request.macros, request.device, disclosure);
    // Of what callers give for the placeholders of others nobody knows whom it belongs to.
    const given = /^data:/i.test(uri) ? uri : fillPlaceholders(uri, own);
    const valuesDisclosed = (): MacroValues =>
      isAll ? valuesFor(branch) : discloseMacros(valuesFor(branch), disclosure);
    const filled = given.includes('[') ? fillMacros(given, valuesDisclosed()) : { uri: given, personal: false };
    const url = ports.forwardTmax ? lowerTmax(filled.uri, deadline.remaining()) : filled.uri;
    // a longer one is refused by the guard: its host is all that is told of it
    const target = URL.parse(url.slice(0, MAX_URL_CHARS));
    return { url, target, isPersonal: filled.personal || given !== uri || url !== filled.uri };
  };
  return (uri, branch) => {
    const all = fill(uri, branch, DISCLOSE_ALL);
    const terms = all.target === null ? undefined : ports.terms.of(all.target.hostname);
    const { url, target, isPersonal } = terms === undefined ? all : fillFor(all, uri, branch, terms.disclosure);
    const withCredentials = terms?.withCredentials ?? false;
    return {
      url,
      target,
      uri,
      headers,
      personal: { url: isPersonal, headers: hasDevice },
      withoutConsent,
      withCredentials,
    };
  };

  function fillFor(all: Filled, uri: string, branch: Branch, disclosure: Disclosure): Filled {
    if (disclosesAll(disclosure)) return all;
    const less = fill(uri, branch, disclosure);
    // Where what is withheld was a part of the host's name, nobody knows whose terms hold.
    return less.target?.hostname === all.target?.hostname ? less : fill(uri, branch, DISCLOSE_LEAST);
  }
}

type Filled = { readonly url: string; readonly target: URL | null; readonly isPersonal: boolean };
