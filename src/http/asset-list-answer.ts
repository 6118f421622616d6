import { type Asset, assetListOf, type AssetReport } from '../projection/asset-list.ts';
import { profileOf } from '../projection/profile.ts';
import type { UnwrapRequest } from '../unwrap/request.ts';
import type { UnwrapResult } from '../unwrap/result.ts';

/** What an asset list needs of its request: the device that is stitched for, and the time that ads may take. */
export type Stitching = Pick<UnwrapRequest, 'imp' | 'options'>;

const NOTHING: Stitching = { imp: null, options: {} as UnwrapRequest['options'] };

/** The answer as JSON: `AssetListSchema` says the same. */
export type AssetListAnswer = {
  readonly ASSETS: readonly Asset[];
  readonly 'X-VAST-UNWRAP': Pick<UnwrapResult, 'status' | 'vastError' | 'reason'> & {
    readonly ads: readonly AssetReport[];
  };
};

/**
 * The ads of a result as an HLS asset list; empty where there is nothing to be played. Players pass over what is named
 * X-VAST-UNWRAP: it says how the unwrap ended, and of each ad why it was skipped.
 */
export function assetListAnswer(result: UnwrapResult, { imp, options }: Stitching = NOTHING): AssetListAnswer {
  const { status, vastError, reason, adm } = result;
  const { profile } = options;
  const { maxduration, poddur } = imp?.video ?? imp?.audio ?? {};
  const limits = {
    ...(maxduration !== undefined && { maxDuration: maxduration }),
    ...(poddur !== undefined && { podDuration: poddur }),
  };
  const device = profile === undefined ? null : profileOf(profile);
  const list =
    status === 'resolved' && adm !== null
      ? assetListOf(adm, result.ads, result.media, device, limits)
      : { assets: [], ads: [] };
  return { ASSETS: list.assets, 'X-VAST-UNWRAP': { status, vastError, reason, ads: list.ads } };
}
