import { genericUserAgent } from './generic-user-agent.ts';
import type { MacroValue, MacroValues } from './macro-values.ts';
import type { Device } from './objects.ts';
import { truncateAddress } from './privacy.ts';

/** What one host may be told of a device, beside what privacy signals forbid. */
export type Disclosure = {
  readonly ip: 'full' | 'truncate' | 'none';
  readonly ua: 'full' | 'generic';
  /** The advertising id, and its type. */
  readonly ifa: boolean;
};

export const DISCLOSE_ALL: Disclosure = { ip: 'full', ua: 'full', ifa: true };
export const DISCLOSE_LEAST: Disclosure = { ip: 'none', ua: 'generic', ifa: false };

const WITHHELD = -2;

/** What becomes of a value. A position says more than an address: it is told where that is told in full. */
const OF_MACRO: Readonly<Record<string, (value: MacroValue, disclosure: Disclosure) => MacroValue>> = {
  DEVICEIP: addressFor,
  DEVICEUA: (value, { ua }) => (ua === 'full' || isSilent(value) ? value : genericUserAgent(String(value))),
  IFA: (value, { ifa }) => (ifa ? value : WITHHELD),
  IFATYPE: (value, { ifa }) => (ifa ? value : WITHHELD),
  LATLONG: (value, { ip }) => (ip === 'full' ? value : WITHHELD),
};

/** Is a host told everything that there is to tell? */
export function disclosesAll({ ip, ua, ifa }: Disclosure): boolean {
  return ip === 'full' && ua === 'full' && ifa;
}

/** The values of macros as a host may be told them. */
export function discloseMacros(values: MacroValues, disclosure: Disclosure): MacroValues {
  const told = new Map(values);
  for (const [name, disclose] of Object.entries(OF_MACRO)) {
    const value = values.get(name);
    if (value !== undefined) told.set(name, disclose(value, disclosure));
  }
  return told;
}

/**
 * The values that a caller gave for macros and for placeholders of others, under whatever name: what the device says too
 * is told as that is.
 */
export function discloseGiven(
  given: Readonly<Record<string, MacroValue>>,
  device: Device | null,
  disclosure: Disclosure,
): Readonly<Record<string, MacroValue>> {
  const { ip, ipv6, ua, ifa } = device ?? {};
  const macroOf = new Map([
    [ip, 'DEVICEIP'],
    [ipv6, 'DEVICEIP'],
    [ua, 'DEVICEUA'],
    [ifa, 'IFA'],
  ]);
  const told = Object.entries(given).map(([name, value]): [string, MacroValue] => {
    // each entry of a list is looked at: what may not be told takes all of it with it
    const said = [value].flat().map((each) => macroOf.get(String(each)));
    const macros = [...said.filter((macro) => macro !== undefined), name.toUpperCase().replaceAll(/[^A-Z]/g, '')];
    const disclosures = [...new Set(macros)].filter((macro) => Object.hasOwn(OF_MACRO, macro));
    return [name, disclosures.reduce<MacroValue>((left, macro) => OF_MACRO[macro]!(left, disclosure), value)];
  });
  return Object.fromEntries(told);
}

/** The headers that tell of a device, as a host may be told them. */
export function discloseHeaders(
  headers: Readonly<Record<string, string>>,
  disclosure: Disclosure,
): Readonly<Record<string, string>> {
  if (disclosesAll(disclosure)) return headers;
  const { 'X-Device-IP': ip, 'X-Device-User-Agent': ua, ...others } = headers;
  const address = ip === undefined ? WITHHELD : addressFor(ip, disclosure);
  return {
    ...others,
    ...(typeof address === 'string' && { 'X-Device-IP': address }),
    ...(ua !== undefined && { 'X-Device-User-Agent': disclosure.ua === 'full' ? ua : genericUserAgent(ua) }),
  };
}

/** What is no address can be cut by nobody. */
function addressFor(value: MacroValue, { ip }: Disclosure): MacroValue {
  if (ip === 'full' || isSilent(value)) return value;
  return ip === 'truncate' ? (truncateAddress(String(value)) ?? WITHHELD) : WITHHELD;
}

/** Says that there is nothing to say. */
const isSilent = (value: MacroValue): boolean => value === WITHHELD || value === -1;
