import type { Device, Regs, User } from '../openrtb/objects.ts';

/** What the headers of the hook say of privacy, in OpenRTB's own objects. */
export type StatedPrivacy = { readonly lmt: NonNullable<Device['lmt']>; readonly regs: Regs; readonly user: User };

/**
 * Reads `unwrap-coppa`, `unwrap-gdpr` and `unwrap-lmt` (1 or 0 each), `unwrap-consent` (a TCF string), `unwrap-gpp`,
 * `unwrap-gpp-sid` (numbers, separated by commas) and `unwrap-us-privacy`.
 *
 * The careful side wins: unless all three flags are said, ad tracking is limited.
 */
export function readPrivacyHeaders(header: (name: string) => string): StatedPrivacy {
  const [coppa, gdpr, lmt] = ['unwrap-coppa', 'unwrap-gdpr', 'unwrap-lmt'].map((name) =>
    FLAGS.get(header(name).trim()),
  );
  const isSaid = coppa !== undefined && gdpr !== undefined && lmt !== undefined;
  const text = (field: string, name: string): object => (header(name) === '' ? {} : { [field]: header(name) });
  const sections = header('unwrap-gpp-sid')
    .split(',')
    .filter((each) => /^\s*\d+\s*$/.test(each))
    .map(Number);
  return {
    lmt: isSaid ? lmt : 1,
    regs: {
      ...(coppa !== undefined && { coppa }),
      ...(gdpr !== undefined && { gdpr }),
      ...text('gpp', 'unwrap-gpp'),
      ...(sections.length > 0 && { gpp_sid: sections }),
      ...text('us_privacy', 'unwrap-us-privacy'),
    },
    user: text('consent', 'unwrap-consent'),
  };
}

const FLAGS: ReadonlyMap<string, 0 | 1> = new Map([
  ['0', 0],
  ['1', 1],
]);
