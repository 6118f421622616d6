import type { EgressRule } from '../../src/egress/egress-rules.ts';
import { DISCLOSE_ALL } from '../../src/openrtb/disclosure.ts';

/** A rule that changes nothing but what is said. */
export const egressRule = (host: string, over: Partial<EgressRule> = {}): EgressRule => ({
  host,
  tls: {},
  headers: {},
  withCredentials: false,
  disclosure: DISCLOSE_ALL,
  askWithoutConsent: true,
  perSecond: null,
  maxInFlight: null,
  ...over,
});
