import type { SkipReason } from '../projection/ad-verdict.ts';
import type { Misfit } from '../projection/misfit.ts';
import type { Profile, ProfileName } from '../projection/profile.ts';

/** What people call the devices that have a profile. */
export const DEVICES: Readonly<Record<ProfileName, string>> = {
  ctv: 'a connected TV',
  web: 'a web browser',
  app: 'an app',
};

const MISFITS: Readonly<Record<Misfit, string>> = {
  'no-url': 'has no URL',
  type: 'is of a type that it does not play',
  codec: 'has a codec that it does not play',
  size: 'has more pixels than it shows',
  bitrate: 'has a higher bitrate than it takes',
  api: 'needs an API that it does not run',
  insecure: 'comes over http',
  'url-length': 'has a URL longer than it can call',
};

const SKIPS: Readonly<Record<SkipReason, string>> = {
  'no-rendition': 'none of its files can be used',
  'unknown-creative': 'it has nothing that is shown',
  'too-long': 'it is longer than its slot has left',
  duplicate: 'it was shown before it',
};

/** What a device is called; one that was described by its caller has no name. */
export const deviceName = (profile: ProfileName | Profile): string =>
  typeof profile === 'string' ? DEVICES[profile] : 'the device of the profile';

/** Why a device cannot use a file, as the end of a sentence about it. */
export const misfitInWords = (misfit: Misfit): string => MISFITS[misfit];

/** Why a device skips an ad, as a clause. */
export const skipInWords = (reason: SkipReason): string => SKIPS[reason];
