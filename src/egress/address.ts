import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { createRepeatedText } from '../repeated-text.ts';

/**
 * Networks that nothing of the public internet lives in, or that lead to others in disguise: the special-purpose
 * registries of IANA [RFC 6890], and what clouds and old transition techniques added. The first row that holds counts.
 */
const NETWORKS = [
  ['unspecified', '0.0.0.0/8', 'RFC 791'],
  ['private', '10.0.0.0/8', 'RFC 1918'],
  ['shared', '100.64.0.0/10', 'RFC 6598'],
  ['loopback', '127.0.0.0/8', 'RFC 1122'],
  ['link-local', '169.254.0.0/16', 'RFC 3927; the metadata service of most clouds'],
  ['private', '172.16.0.0/12', 'RFC 1918'],
  ['cloud-platform', '168.63.129.16/32', 'the platform address of Azure'],
  ['protocol', '192.0.0.0/24', 'RFC 6890'],
  ['documentation', '192.0.2.0/24', 'RFC 5737'],
  ['protocol', '192.31.196.0/24', 'RFC 7535, AS112'],
  ['protocol', '192.52.193.0/24', 'RFC 7450, multicast tunnels'],
  ['6to4', '192.88.99.0/24', 'RFC 7526'],
  ['private', '192.168.0.0/16', 'RFC 1918'],
  ['protocol', '192.175.48.0/24', 'RFC 7534, AS112'],
  ['benchmarking', '198.18.0.0/15', 'RFC 2544'],
  ['documentation', '198.51.100.0/24', 'RFC 5737'],
  ['documentation', '203.0.113.0/24', 'RFC 5737'],
  ['multicast', '224.0.0.0/4', 'RFC 5771'],
  ['broadcast', '255.255.255.255/32', 'RFC 919'],
  ['reserved', '240.0.0.0/4', 'RFC 1112'],
  ['unspecified', '::/128', 'RFC 4291'],
  ['loopback', '::1/128', 'RFC 4291'],
  ['embedded-ipv4', '::/96', 'RFC 4291, IPv4-compatible'],
  ['embedded-ipv4', '::ffff:0:0:0/96', 'RFC 2765, IPv4-translated'],
  ['nat64', '64:ff9b::/96', 'RFC 6052'],
  ['nat64', '64:ff9b:1::/48', 'RFC 8215'],
  ['discard', '100::/64', 'RFC 6666'],
  ['discard', '100:0:0:1::/64', 'RFC 9780'],
  ['teredo', '2001::/32', 'RFC 4380'],
  ['protocol', '2001::/23', 'RFC 2928; benchmarking, ORCHID and others'],
  ['documentation', '2001:db8::/32', 'RFC 3849'],
  ['6to4', '2002::/16', 'RFC 3056'],
  ['protocol', '2620:4f:8000::/48', 'RFC 7534, AS112'],
  ['documentation', '3fff::/20', 'RFC 9637'],
  ['protocol', '5f00::/16', 'RFC 9602, segment routing'],
  ['cloud-platform', 'fd00:ec2::/32', 'the metadata service of AWS'],
  ['private', 'fc00::/7', 'RFC 4193'],
  ['link-local', 'fe80::/10', 'RFC 4291'],
  ['site-local', 'fec0::/10', 'RFC 3879'],
  ['multicast', 'ff00::/8', 'RFC 4291'],
] as const;

/** What an IP address is; only `public` may be asked. */
export type AddressClass =
  | (typeof NETWORKS)[number][0]
  | 'public'
  /** An IPv6 address that holds an IPv4 address of its tunnel [RFC 5214]. */
  | 'isatap'
  /** Bound to one interface, `fe80::1%eth0` [RFC 4007]. */
  | 'zone'
  /** IPv6 outside 2000::/3, the only unicast space that was ever given out [RFC 4291]. */
  | 'unassigned'
  | 'malformed';

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

const networks = NETWORKS.map(([name, cidr]) => ({ name, cidr: ipaddr.parseCIDR(cidr) }));
const globalUnicast = ipaddr.parseCIDR('2000::/3');

/**
 * The class of an IP address in its usual spelling: four decimal parts, or IPv6 without brackets. An IPv4-mapped
 * address (`::ffff:127.0.0.1`) has the class of what it maps, and is never public: nobody has a reason to write one.
 */
export function classifyAddress(ip: string): AddressClass {
  if (ip.includes('%')) return 'zone';
  const address = parseAddress(ip);
  if (address === null) return 'malformed';
  const special = networks.find(({ cidr }) => contains(cidr, address));
  if (special !== undefined) return special.name;
  if (address.kind() === 'ipv4') return ip.includes(':') ? 'embedded-ipv4' : 'public';
  if (isIsatap(address as ipaddr.IPv6)) return 'isatap';
  return contains(globalUnicast, address) ? 'public' : 'unassigned';
}

/**
 * A test for being in one of these networks, each an address or a CIDR range. IPv4-mapped addresses are unwrapped on
 * both sides.
 */
export function addressMatcher(written: readonly string[]): (ip: string) => boolean {
  const allowed = written.map((each) => toNetwork(each));
  const known = createRepeatedText<boolean>();
  return (ip) =>
    known(ip, () => {
      const address = parseAddress(ip);
      return address !== null && allowed.some((network) => contains(network, address));
    });
}

function toNetwork(written: string): Network {
  if (written.includes('/')) return ipaddr.parseCIDR(written);
  const address = ipaddr.process(written);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** By `net.isIP`, which decides in a socket too whether there is anything to look up. */
function parseAddress(ip: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const family = ip.includes('%') ? 0 : isIP(ip);
  if (family === 0) return null;
  if (family === 4) return ipaddr.IPv4.parse(ip);
  const address = ipaddr.IPv6.parse(ip);
  return address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function contains([network, bits]: Network, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}

/** Interface identifiers ::0:5efe:a.b.c.d and ::200:5efe:a.b.c.d. */
function isIsatap({ parts }: ipaddr.IPv6): boolean {
  return (parts[4]! & 0xfdff) === 0 && parts[5] === 0x5efe;
}
