import { expect } from 'chai';
import { createSeenCreatives } from '../../src/cache/seen-creatives.ts';
import { Deadline } from '../../src/deadline.ts';
import { creativeName } from '../../src/unwrap/creative-drift.ts';
import type { FindingsAsked, UnwrapRequest } from '../../src/unwrap/request.ts';
import type { UnwrapResult } from '../../src/unwrap/result.ts';
import { unwrap } from '../../src/unwrap/unwrap.ts';
import { untraced } from '../../src/unwrap/ports.ts';
import { portsOver } from '../support/ports.ts';
import { unwrapRequest } from '../support/unwrap-request.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const creative = { bidder: 'dsp', crid: 'c1' };

describe('creativeName', () => {
  const name = (url: string, over: Partial<UnwrapRequest> = {}): string | null =>
    creativeName(unwrapRequest({ url }, { creative, ...over }));

  it('is of a bidder, an id and a tag without its query', () => {
    expect(name('https://a.example/v?cb=1')).to.equal(name('https://a.example/v?cb=2'));
    const others = [
      name('https://a.example/v'),
      name('https://a.example/w'),
      name('https://a.example/v', { creative: { ...creative, bidder: 'other' } }),
      name('https://a.example/v', { bid: { crid: 'c2' } }),
      creativeName(unwrapRequest({ adm: vast() }, { creative })),
    ];
    expect(new Set(others)).to.have.property('size', others.length);
  });

  it('is none without an id', () => {
    expect(name('https://a.example/v', { creative: { ...creative, crid: null } })).to.equal(null);
    expect(name('https://a.example/v', { creative: { ...creative, crid: null }, bid: { crid: '' } })).to.equal(null);
  });
});

describe('drift', () => {
  const uri = 'https://a.example/ad';
  /** One process that is given one document after the other for the same bid. */
  const start = (over: Partial<UnwrapRequest> = {}, asked: FindingsAsked = 'all') => {
    const seen = createSeenCreatives(null);
    return async (ad: Parameters<typeof inLineAd>[0], more: Partial<UnwrapRequest> = {}): Promise<UnwrapResult> => {
      const deadline = Deadline.after(5000);
      const ports = portsOver({ [uri]: vast(inLineAd(ad)) }, { seen });
      const request = unwrapRequest({ adm: vast(wrapperAd({ uri })) }, { creative, ...over, ...more });
      const result = await unwrap(request, deadline, ports, untraced, asked);
      deadline.cancel();
      return result;
    };
  };
  const found = ({ findings }: UnwrapResult): readonly string[] =>
    findings.filter(({ rule }) => rule === 'creative/drift').map(({ message }) => message);

  it('is a finding for each thing that is another than when the creative was first seen', async () => {
    const run = start();
    expect(found(await run({ id: 'a' }))).to.deep.equal([]);
    expect(found(await run({ id: 'a', impression: 'https://t.example/other' }))).to.deep.equal([]);
    const result = await run({ id: 'b', duration: '00:00:30' });
    expect(found(result)).to.deep.equal([
      'media m.example/b.mp4; at first media m.example/a.mp4',
      'duration 30 s; at first duration 15 s',
    ]);
    expect(result.status).to.equal('resolved');
    expect(result.drift?.kinds).to.deep.equal(['media', 'duration']);
  });

  it('is told without findings, too', async () => {
    const run = start({ bid: { crid: 'c9' } }, 'rejection');
    await run({ id: 'a' });
    expect((await run({ id: 'b' })).drift?.kinds).to.deep.equal(['media']);
  });

  it('is none of another creative, nor of a tag whose creative has no id', async () => {
    const run = start();
    await run({ id: 'a' });
    expect(found(await run({ id: 'b' }, { creative: { ...creative, crid: 'c2' } }))).to.deep.equal([]);
    const rotating = start({ creative: { ...creative, crid: null } });
    await rotating({ id: 'a' });
    expect((await rotating({ id: 'b' })).drift).to.equal(null);
  });
});
