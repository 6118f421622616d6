import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { createRepeatedText } from '../repeated-text.ts';
import { addressMatcher, classifyAddress, type AddressClass } from './address.ts';

/** Why the guard refused: a stable word, seen in the failure's message. */
export type BlockedClass =
  | Exclude<AddressClass, 'public'>
  /** Longer than 8 KB. */
  | 'url-length'
  | 'scheme'
  | 'userinfo'
  | 'port'
  /** A host name that is of this machine or of a private network. */
  | 'name'
  /** An address of this machine. */
  | 'own-address'
  /** A listener of this service: refused even where EGRESS_ALLOW names its address. */
  | 'own-listener';

/** What the guard goes by. */
export type EgressPolicy = {
  readonly ports: ReadonlySet<number>;
  /** With or without a dot at its end. */
  readonly isAllowedName: (name: string) => boolean;
  readonly isAllowedAddress: (ip: string) => boolean;
  readonly isOwnAddress: (ip: string) => boolean;
  readonly isOwnPort: (port: number) => boolean;
};

/** What the guard says of a URL. */
export type GuardVerdict =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly blocked: BlockedClass; readonly host: string }
  /** Not a URL at all. */
  | { readonly ok: false; readonly blocked: null };

/** Thrown into a socket that must not be opened. */
export class BlockedError extends Error {
  override readonly name = 'BlockedError';
  readonly code = 'EGRESS_BLOCKED';
  readonly blocked: BlockedClass;

  constructor(blocked: BlockedClass) {
    super(`the egress guard refused the address (${blocked})`);
    this.blocked = blocked;
  }
}

const knownFamilies = createRepeatedText<number>();

/** Of an address, 0 for a name. Names are looked at by two long patterns, and mostly come again. */
function familyOf(host: string): number {
  return knownFamilies(host, () => isIP(host));
}

const MAX_URL_LENGTH = 8192;
const DEFAULT_PORTS: Record<string, number> = { 'http:': 80, 'https:': 443 };

/** Names that are never of the public internet [RFC 6761, 6762, 7686, 8375; .internal: ICANN 2024]. */
const PRIVATE_NAMES = ['localhost', 'local', 'internal', 'localdomain', 'home.arpa', 'onion'];

/**
 * The policy of some settings.
 * @param allow IP addresses, CIDR ranges and host names that are let through though private, on any port
 * @param ports ports that may be asked otherwise
 * @param ownPorts asked each time, since a listener may take any free port
 */
export function createPolicy(
  allow: readonly string[],
  ports: readonly number[],
  ownPorts: () => readonly number[] = () => [],
  ownAddresses: readonly string[] = interfaceAddresses(),
): EgressPolicy {
  const isNetwork = (written: string): boolean => isIP(written.split('/')[0]!) !== 0;
  const names = new Set(allow.filter((each) => !isNetwork(each)).map((each) => bareName(each.toLowerCase())));
  return {
    ports: new Set(ports),
    isAllowedName: (name) => names.has(bareName(name)),
    isAllowedAddress: addressMatcher(allow.filter(isNetwork)),
    isOwnAddress: addressMatcher(ownAddresses),
    isOwnPort: (port) => ownPorts().includes(port),
  };
}

/**
 * Judges a URL before anything is looked up or opened. Names are judged again by what they resolve to.
 * @param url what was written, parsed
 */
export function checkUrl(written: string, policy: EgressPolicy, url: URL | null = URL.parse(written)): GuardVerdict {
  if (written.length > MAX_URL_LENGTH) return { ok: false, blocked: 'url-length', host: '' };
  if (url === null) return { ok: false, blocked: null };
  const blocked = blockedClassOf(url, policy);
  return blocked === null ? { ok: true, url } : { ok: false, blocked, host: url.hostname };
}

function blockedClassOf(url: URL, policy: EgressPolicy): BlockedClass | null {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'scheme';
  if (url.href.length > MAX_URL_LENGTH) return 'url-length';
  if (url.username !== '' || url.password !== '') return 'userinfo';
  const port = portOf(url);
  const host = hostOf(url);
  if (familyOf(host) !== 0) {
    return checkAddress(host, host, port, policy) ?? checkPort(policy.isAllowedAddress(host), port, policy);
  }
  const isAllowed = policy.isAllowedName(host);
  return (isAllowed ? null : checkName(host)) ?? checkPort(isAllowed, port, policy);
}

/** Is what is sent to it read by nobody else: over TLS, or to a host that the operator named himself? */
export function isPrivate(url: URL, policy: EgressPolicy): boolean {
  if (url.protocol === 'https:') return true;
  const host = hostOf(url);
  return familyOf(host) === 0 ? policy.isAllowedName(host) : policy.isAllowedAddress(host);
}

/** The port that a URL leads to. */
export function portOf(url: URL): number {
  return url.port === '' ? DEFAULT_PORTS[url.protocol]! : Number(url.port);
}

/** The host of a URL as a socket wants it: IPv6 without brackets. */
export function hostOf(url: URL): string {
  const { hostname } = url;
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
}

/** Judges an address that a socket is about to be connected to; `host` is what the URL named. */
export function checkAddress(ip: string, host: string, port: number, policy: EgressPolicy): BlockedClass | null {
  if (policy.isOwnPort(port) && isThisMachine(ip, policy)) return 'own-listener';
  if (policy.isAllowedAddress(ip) || policy.isAllowedName(host)) return null;
  const addressClass = classifyAddress(ip);
  if (addressClass !== 'public') return addressClass;
  return policy.isOwnAddress(ip) ? 'own-address' : null;
}

function isThisMachine(ip: string, policy: EgressPolicy): boolean {
  return policy.isOwnAddress(ip) || ['loopback', 'unspecified'].includes(classifyAddress(ip));
}

/** Judges what a name resolved to: one bad record refuses all, since the next lookup may give that one alone. */
export function checkRecords(
  records: readonly LookupAddress[],
  host: string,
  port: number,
  policy: EgressPolicy,
): BlockedClass | null {
  for (const { address } of records) {
    const blocked = checkAddress(address, host, port, policy);
    if (blocked !== null) return blocked;
  }
  return null;
}

function checkPort(isAllowed: boolean, port: number, policy: EgressPolicy): BlockedClass | null {
  return isAllowed || policy.ports.has(port) ? null : 'port';
}

const knownNames = createRepeatedText<BlockedClass | null>();

function checkName(host: string): BlockedClass | null {
  return knownNames(host, () => classOfName(host));
}

function classOfName(host: string): BlockedClass | null {
  const name = bareName(host);
  const labels = name.split('.');
  if (name.length > 253 || labels.some((label) => label === '' || label.length > 63)) return 'malformed';
  const isPrivate = PRIVATE_NAMES.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
  return isPrivate || labels.length === 1 ? 'name' : null;
}

/** Without the dot at its end that makes a name absolute. */
function bareName(host: string): string {
  return host.endsWith('.') ? host.slice(0, -1) : host;
}

function interfaceAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((each) => each?.map(({ address }) => address.split('%')[0]!) ?? []);
}
