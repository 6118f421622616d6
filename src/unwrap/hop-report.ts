import { adSystemOf, readPricing } from '../vast/ad-summary.ts';
import type { Ad } from '../vast/ad.ts';
import { countTrackers } from '../vast/tracker-elements.ts';
import type { ReplyOutcome } from './ports.ts';
import type { HopDocument, HopFetch, HopReport, HopViews } from './result.ts';

type Facts = HopFetch & HopDocument;

const firstAd = ({ document }: Facts): Ad | undefined => document?.ads[0];

/** They stand behind the facts of every hop, as its prototype: what nobody reads costs nothing. */
const VIEWS: HopViews & ThisType<Facts> = {
  get kind() {
    const ad = firstAd(this);
    if (ad !== undefined) return ad.kind === 'broken' ? 'failed' : ad.kind;
    return this.failure === null ? 'empty' : 'failed';
  },
  get error() {
    return firstAd(this)?.kind === 'broken' ? 'broken-ad' : (this.failure?.reason ?? null);
  },
  get message() {
    const ad = firstAd(this);
    return ad?.kind === 'broken' ? ad.message : (this.failure?.message ?? null);
  },
  get bytes() {
    return this.exchanges.reduce((sum, each) => sum + each.bytes, 0);
  },
  get version() {
    return this.document?.version ?? null;
  },
  get adSystem() {
    const ad = firstAd(this);
    return ad === undefined ? null : adSystemOf(ad.body);
  },
  get pricing() {
    const ad = firstAd(this);
    return ad === undefined ? null : readPricing(ad.body);
  },
  get trackers() {
    return this.document === null ? 0 : countTrackers(this.document.root);
  },
};

/** The report of a hop: the facts of what was asked for and of what came, whatever else those hold. */
export function hopReport(fetch: HopFetch, came: HopDocument): HopReport {
  const { index, slot, url, host, cache, startedAt, ms, ownDelayMs, remainingMs, exchanges } = fetch;
  const { httpStatus, document, text, notes, repairs, failure, defect } = came;
  const asked = { index, slot, url, host, cache, startedAt, ms, ownDelayMs, remainingMs, exchanges };
  const answered = { httpStatus, document, text, notes, repairs, failure, defect };
  return Object.assign(Object.create(VIEWS) as HopViews, asked, answered);
}

/** The facts of what came. */
export function hopDocument(outcome: ReplyOutcome): HopDocument {
  const { httpStatus } = outcome;
  switch (outcome.kind) {
    case 'document': {
      const { document, notes, repairs } = outcome;
      return { httpStatus, document, text: document.text, notes, repairs, failure: null, defect: null };
    }
    case 'empty':
      return { httpStatus, document: null, text: null, failure: null, defect: null };
    case 'failed': {
      const { text, notes, failure, defect } = outcome;
      return { httpStatus, document: null, text, notes, failure, defect };
    }
  }
}
