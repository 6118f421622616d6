import type { App, Device, Site } from './objects.ts';
import { addressOf, type Privacy } from './privacy.ts';

/** Longer values are left out: no ad server reads them, and many would refuse the request. */
const MAX_LENGTH = 4096;

/**
 * The request headers that tell an ad server about the device it is asked for [VAST 4.3, 1.1.3], those that are known.
 * Whatever is not printable ASCII (CR, LF, emoji) is percent-encoded as UTF-8, so that no value breaks out of its
 * header.
 */
export function deviceHeaders(
  device: Device | null,
  site: Site | null,
  app: App | null,
  privacy: Privacy,
): Readonly<Record<string, string>> {
  if (device === null && site === null && app === null) return NOTHING;
  const values = {
    'X-Device-IP': addressOf(device, privacy),
    'X-Device-User-Agent': device?.ua,
    'X-Device-Referer': site?.page,
    'X-Device-Accept-Language': device?.language,
    'X-Device-Requested-With': app?.bundle,
  };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    const printable = encodeUnprintable(value?.trim() ?? '');
    if (printable !== '' && printable.length <= MAX_LENGTH) headers[name] = printable;
  }
  return headers;
}

const NOTHING = Object.freeze({});

function encodeUnprintable(value: string): string {
  return value.toWellFormed().replace(/[^\x20-\x7e]+/g, encodeURIComponent);
}
