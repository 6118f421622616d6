import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import type { Branch, Link, Settled } from '../../src/chain/step.ts';
import { mergeAds } from '../../src/merge/merge.ts';
import type { Finding } from '../../src/validation/finding.ts';
import type { DecodingNote } from '../../src/vast/decode.ts';
import type { Mistake } from '../../src/vast/mend-edits.ts';
import type { MediaVerdict } from '../../src/validation/media-verdict.ts';
import type { Rule } from '../../src/validation/rule.ts';
import {
  subjectOf,
  subjectOfText,
  type HopSubject,
  type Subject,
  type Transfer,
} from '../../src/validation/subject.ts';
import { findRejections, rejects, validate } from '../../src/validation/validate.ts';

export const RULE_SAMPLES = resolve(import.meta.dirname, '../../samples/validation');

/** What stands in `context.json` beside the documents of a rule, or in `fail-1.json` for one case. */
type Context = Partial<Omit<Subject, 'media' | 'hops'>> & {
  readonly media?: readonly (Partial<MediaVerdict> & { readonly url: string })[];
  /** How the documents came, by hop. */
  readonly transfers?: readonly Partial<Transfer>[];
  /** What was odd about the bytes of the first document. */
  readonly notes?: readonly DecodingNote[];
  /** What was mended in the first document. */
  readonly repairs?: readonly Mistake[];
  /** What in the URL of the first document nobody had filled. */
  readonly unfilled?: readonly string[];
  /** Error rules that a fail sample breaks besides. */
  readonly also?: readonly string[];
};

export const UNTOLD: Omit<MediaVerdict, 'url'> = {
  outcome: 'read',
  message: null,
  httpStatus: null,
  contentType: null,
  type: null,
  size: null,
  contentHash: null,
  ranges: null,
  fastStart: null,
  durationSec: null,
  width: null,
  height: null,
  bitrate: null,
  frameRate: null,
  videoCodec: null,
  audioCodec: null,
  hasVideo: null,
  hasAudio: null,
  renditions: null,
};

type Sample = { readonly name: string; readonly texts: readonly string[]; readonly context: Context };

/** The cases of a rule: `pass-1.xml`, or `pass-1.0.xml` and on for the documents of a chain. */
function readSamples(rule: string): readonly Sample[] {
  const folder = join(RULE_SAMPLES, rule);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.xml')).sort(); // prettier-ignore
  const readContext = (name: string): Context => {
    const file = join(folder, `${name}.json`);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Context) : {};
  };
  return [...Map.groupBy(files, (file) => file.split('.')[0]!)].map(([name, documents]) => ({
    name,
    texts: documents.map((file) => readFileSync(join(folder, file), 'utf8')),
    context: { ...readContext('context'), ...readContext(name) },
  }));
}

/** The documents are one chain: each but the last is followed by its first Wrapper. */
function subjectOfSample({ texts, context }: Sample): Subject {
  const { media = [], transfers = [], notes, repairs, unfilled = [], also: _, ...known } = context;
  const hops = texts.map((text, hop): HopSubject => {
    const given = transfers[hop];
    const transfer = given === undefined ? null : { host: 'ads.example', httpStatus: 200, contentType: 'application/xml', redirects: 0, ms: 10, ...given }; // prettier-ignore
    return {
      ...subjectOfText(text, {}, hop === 0 ? notes : []).hops[0]!,
      repairs: hop === 0 ? repairs : undefined,
      hop,
      depth: hop,
      unfilled: hop === 0 ? unfilled : [],
      transfer,
    };
  });
  const branch: Branch = hops.slice(0, -1).map(({ hop, document }): Link => {
    const wrapper = document?.ads.find((ad) => ad.kind === 'wrapper');
    if (wrapper === undefined) throw new Error(`document ${hop} has no Wrapper`);
    return { hop, document: document!, wrapper, uri: null };
  });
  const { hop, document } = hops.at(-1)!;
  const settled = (document?.ads ?? [])
    .filter((ad) => ad.kind === 'inline')
    .map((inline): Settled => ({ kind: 'settled', hop, document: document!, inline, branch }));
  const isMerged = branch.length > 0 && settled.length > 0;
  const merged = isMerged ? mergeAds(settled.slice(0, 1), { pod: false, dedupe: 'none' }).findings : [];
  return subjectOf({ ...known, hops, settled, merged, media: media.map((each) => ({ ...UNTOLD, ...each })) });
}

const rulesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ rule }) => rule);

const errorsOf = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);

/** Tests that every rule passes its pass samples, finds its fail samples, and that these break no other rule silently. */
export function testSamples(rules: readonly Rule[]): void {
  for (const { id, looksAt } of rules) {
    const samples = readSamples(id);
    it(`${id} has samples`, () => {
      const kinds = samples.map(({ name }) => name.split('-')[0]);
      expect(kinds, `samples/validation/${id}`).to.include.members(['pass', 'fail']);
    });
    for (const sample of samples) {
      const isFail = sample.name.startsWith('fail');
      it(`${id} ${isFail ? 'finds' : 'passes'} ${sample.name}`, () => {
        const subject = subjectOfSample(sample);
        const findings = validate(subject);
        expect(rulesOf(findRejections(subject))).to.deep.equal(rulesOf(findings.filter(rejects)));
        const own = findings.filter(({ rule }) => rule === id);
        expect(own.length > 0).to.equal(isFail);
        if (looksAt !== 'document' && looksAt !== 'chain') {
          expect(own.filter(({ hop, path, line }) => hop === null || path === null || line === null)).to.deep.equal([]);
        }
        const announced = [id, ...(sample.context.also ?? [])];
        expect(errorsOf(findings).filter((rule) => !announced.includes(rule))).to.deep.equal([]);
      });
    }
  }
}
