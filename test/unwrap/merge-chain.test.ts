import { expect } from 'chai';
import type { FindingsAsked, UnwrapOptions } from '../../src/unwrap/request.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { Deadline } from '../../src/deadline.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const PAGES = {
  'https://a.example/w': vast(wrapperAd({ uri: 'https://a.example/i', id: 'w' })),
  'https://a.example/i': vast(inLineAd()),
  'https://a.example/strange': vast(wrapperAd({ uri: 'https://a.example/i' })).replace('</Impression>', '$&<Creatives><Creative><NonLinearAds><TrackingEvents><Tracking event="close">https://t.example/close</Tracking></TrackingEvents></NonLinearAds></Creative></Creatives>'), // prettier-ignore
  'https://a.example/dead': vast(wrapperAd({ uri: 'https://a.example/gone' })),
  'https://a.example/none': vast(wrapperAd({ uri: 'https://a.example/empty' })),
  'https://a.example/empty': vast(),
  'https://a.example/pod': vast(
    wrapperAd({ uri: 'https://a.example/gone', sequence: 1 }),
    wrapperAd({ uri: 'https://a.example/gone', sequence: 2 }),
  ),
};

/** What came of a tag, and the steps that had a span. */
async function run(
  path: string,
  options: Partial<UnwrapOptions> = {},
  findings: FindingsAsked = 'all',
): Promise<UnwrapResult & { readonly steps: readonly string[] }> {
  const steps: string[] = [];
  const step = <T>(name: string, work: () => T): T => {
    steps.push(name);
    return work();
  };
  const deadline = Deadline.after(60_000);
  const request = unwrapRequest({ url: `https://a.example${path}` }, { options });
  const result = await unwrap(request, deadline, portsOver(PAGES), { ...untraced, step }, findings);
  deadline.cancel();
  return Object.assign(result, { steps });
}

describe('mergeChain', () => {
  const collapse = { onTimeout: 'collapse' } as const;

  it('merges the ads that were reached, before they are judged', async () => {
    const { merged, steps } = await run('/w', collapse);
    expect(merged!.adm).to.contain('<InLine>').and.to.contain('https://t.example/w');
    expect(steps).to.deep.equal(['vast.merge', 'vast.validate']);
  });

  it('tells what could not be merged to those who asked for findings', async () => {
    const [all, few] = [await run('/strange'), await run('/strange', {}, 'rejection')];
    expect(all.merged!.findings.map(({ rule }) => rule)).to.deep.equal(['chain/unmerged-tracker']);
    expect(few.merged!.findings).to.deep.equal([]);
    expect(few.adm).to.equal(all.adm);
  });

  it('makes a Wrapper of those that were read, where the next could not be had and the caller asked for it', async () => {
    const { status, merged, steps } = await run('/dead', collapse);
    expect(status).to.equal('collapsed');
    expect(merged!.adm).to.contain('https://a.example/gone');
    expect(steps).to.deep.equal(['vast.merge', 'vast.validate']);
  });

  it('has nothing to merge where nobody asked for it, where the chain is over, and in a pod', async () => {
    for (const [path, options] of [
      ['/dead', {}],
      ['/none', collapse],
      ['/gone', collapse],
      ['/pod', collapse],
    ] as const) {
      const { merged, steps } = await run(path, options);
      expect(merged, path).to.equal(null);
      expect(steps, path).to.deep.equal(['vast.validate']);
    }
  });
});
