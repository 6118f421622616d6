import type { Device, Regs, User } from './objects.ts';

/** What ad servers may be told of a device. */
export type Privacy = {
  /** COPPA, GDPR without a consent string, or limited ad tracking: a shortened address, no advertising id, no place. */
  readonly restricted: boolean;
};

type PrivacyObjects = { readonly device: Device | null; readonly regs: Regs | null; readonly user: User | null };

export function readPrivacy({ device, regs, user }: PrivacyObjects): Privacy {
  const gdprWithoutConsent = gdprApplies(regs) === true && consentOf(user) === null;
  return { restricted: regs?.coppa === 1 || gdprWithoutConsent || device?.lmt === 1 };
}

/** `regs.gdpr`, or where OpenRTB 2.5 had it; null where nothing is said. */
export function gdprApplies(regs: Regs | null): boolean | null {
  if (regs?.gdpr === 1 || regs?.ext?.gdpr === 1) return true;
  return regs?.gdpr === 0 || regs?.ext?.gdpr === 0 ? false : null;
}

/** The TCF consent string; null where there is none. */
export function consentOf(user: User | null): string | null {
  return user?.consent || user?.ext?.consent || null;
}

/** The device's address as it may be told; null where there is none: what is no address is not passed on. */
export function addressOf(device: Device | null, { restricted }: Privacy): string | null {
  for (const written of [device?.ip, device?.ipv6]) {
    const address = written?.trim() ?? '';
    const cut = truncateAddress(address);
    if (cut !== null) return restricted ? cut : address;
  }
  return null;
}

/** An IPv4 address cut to /24, an IPv6 address to /48; null for anything else. */
export function truncateAddress(address: string): string | null {
  const ipv4 = /^(?:::ffff:)?((\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3})$/i.exec(address);
  if (ipv4 !== null) return isIpv4(ipv4[1]!) ? `${ipv4[2]}.0` : null;
  const host = address.includes(':') && URL.parse(`http://[${address}]`)?.hostname.slice(1, -1);
  if (!host) return null;
  const [head = [], tail] = host.split('::').map((half) => half.split(':').filter((group) => group !== ''));
  const zeros = tail === undefined ? [] : Array<string>(8 - head.length - tail.length).fill('0');
  return `${[...head, ...zeros, ...(tail ?? [])].slice(0, 3).join(':')}::`;
}

/** Is each of the four numbers a byte, written as such? */
function isIpv4(dotted: string): boolean {
  return dotted.split('.').every((byte) => Number(byte) < 256 && String(Number(byte)) === byte);
}
