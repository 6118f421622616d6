import { errorUrlsOf, errorUrlsOfAd } from '../chain/error-urls.ts';
import { FAILURES } from '../chain/failure.ts';
import type { Failed, Settled } from '../chain/step.ts';
import { holdsOwnErrorsAlone, type MergeOptions } from '../merge/merge-ad.ts';
import type { Merged } from '../merge/merged.ts';
import { profileOf } from '../projection/profile.ts';
import { project, type Projected, type Removed } from '../projection/project.ts';
import { decisiveFailure } from './follow.ts';
import type { FollowedChain } from './followed-chain.ts';
import type { Judgement } from './judge.ts';
import { once } from './once.ts';
import type { UnwrapRequest } from './request.ts';
import type { AdReport, Conclusion } from './result.ts';
import { describeBid } from './summarize.ts';

/** What follows from a chain that was followed, merged and judged: the ad that may be shown, or why there is none. */
export function conclude(followed: FollowedChain, merged: Merged | null, judgement: Judgement): Conclusion {
  const isReached = followed.chain.settled.length > 0 && merged !== null;
  return isReached ? concludeAds(followed, merged, judgement) : concludeFailure(followed, merged, judgement);
}

function concludeAds(followed: FollowedChain, merged: Merged, { findings, rejection }: Judgement): Conclusion {
  const { request, chain, ads } = followed;
  const { settled, failures } = chain;
  const vastError = rejection?.vastError ?? null;
  const rejected = vastError === null ? [] : settled.flatMap((ad) => errorUrlsOfAd(ad, vastError));
  const projected = once(() => projectedFor(followed, merged, ads()));
  const bid = once(() => describeBid(settled, withoutFiles(ads(), projected()?.projection.removed ?? [])));
  const written = request.options.project === true ? (projected()?.merged ?? merged) : merged;
  const facts = {
    status: rejection === null ? 'resolved' : 'rejected',
    vastError,
    reason: rejection?.rule ?? null,
    adm: rejection === null ? written.adm : null,
    wrappers: settled[0]!.branch.length,
    merged: written,
    findings,
    errorUrls: [...errorUrlsFor(request, failures), ...rejected],
    unwritten: rejection === null ? unwrittenErrors(settled, request.options) : [],
    make: { ads, bid, projection: () => projected()?.projection ?? null },
  } as const;
  return Object.assign(Object.create(MADE_WHEN_READ) as MadeWhenRead, facts);
}

type MadeWhenRead = Required<Pick<Conclusion, 'ads' | 'bid' | 'projection'>>;
type Making = { readonly make: { readonly [Name in keyof MadeWhenRead]: () => MadeWhenRead[Name] } };

/** What an answer as XML does not need is made when it is read. */
const MADE_WHEN_READ: MadeWhenRead & ThisType<Making> = {
  get ads() {
    return this.make.ads();
  },
  get bid() {
    return this.make.bid();
  },
  get projection() {
    return this.make.projection();
  },
};

/** The ads as a device is given them; null where none was named. */
function projectedFor(
  { request, chain, media }: FollowedChain,
  merged: Merged,
  ads: readonly AdReport[],
): Projected | null {
  const { profile, project: isWritten = false } = request.options;
  if (profile === undefined) return null;
  const slot = request.imp?.video ?? request.imp?.audio;
  const { maxduration: maxDuration, poddur: podDuration } = slot ?? {};
  const limits = {
    ...(maxDuration !== undefined && { maxDuration }),
    ...(podDuration !== undefined && { podDuration }),
  };
  return project(merged, chain.settled, ads, media, profileOf(profile), { project: isWritten, limits });
}

/** A bid says what is in the document. */
function withoutFiles(ads: readonly AdReport[], removed: readonly Removed[]): readonly AdReport[] {
  const gone = new Set(removed.filter(({ kind }) => kind === 'media-file').map(({ url }) => url));
  if (gone.size === 0) return ads;
  return ads.map((ad) => ({ ...ad, mediaFiles: ad.mediaFiles.filter(({ url }) => !gone.has(url)) }));
}

function concludeFailure(
  { request, chain }: FollowedChain,
  merged: Merged | null,
  { findings }: Judgement,
): Conclusion {
  const { failure, branch } = decisiveFailure(chain);
  const { reason } = failure;
  const { status, vastError } = FAILURES[reason];
  const common = { reason, wrappers: branch.length, ads: [], merged, findings, bid: null };
  // The chain goes on in the player, which fires for its errors itself.
  if (merged !== null) return { ...common, status: 'collapsed', vastError: null, adm: merged.adm, errorUrls: [] };
  return { ...common, status, vastError, adm: null, errorUrls: errorUrlsFor(request, chain.failures) };
}

/** The Errors of wrappers that the result does not hold: a caller who hears of an error fires them, macros unfilled. */
function unwrittenErrors(settled: readonly Settled[], options: MergeOptions): readonly string[] {
  const silent = settled.filter(({ document }) => holdsOwnErrorsAlone(document.version, options));
  return silent.flatMap(({ branch }) => branch).flatMap(({ wrapper }) => wrapper.errorUrls);
}

function errorUrlsFor(request: UnwrapRequest, failures: readonly Failed[]): readonly string[] {
  return failures.flatMap((failed) => errorUrlsOf(failed, request.options.errors303));
}
