import { expect } from 'chai';
import type { Finding } from '../../src/validation/finding.ts';
import { limiterOf } from '../support/limiters.ts';
import { startService, type TestService } from '../support/service.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

describe('POST /v1/validate', () => {
  let service: TestService;
  before(async () => {
    service = await startService();
  });
  after(() => service.close());

  const post = async (body: string | Buffer, type = 'application/json'): Promise<readonly Finding[]> => {
    const reply = await service.send('/v1/validate', { headers: { 'Content-Type': type }, body });
    expect(reply.status).to.equal(200);
    return (JSON.parse(reply.text) as { findings: readonly Finding[] }).findings;
  };
  const codes = (findings: readonly Finding[]): readonly (number | null)[] =>
    findings.map(({ vastError }) => vastError);

  it('holds a document against the imp', async () => {
    const adm = vast(inLineAd());
    const findings = await post(JSON.stringify({ adm, imp: { video: { mimes: ['video/webm'] } } }));
    expect(codes(findings)).to.include(403);
    expect(codes(await post(JSON.stringify({ adm, imp: { video: { mimes: ['video/mp4'] } } })))).to.not.include(403);
  });

  it('takes the document alone, and points at the line', async () => {
    const findings = await post('<VAST version="4.1">\n<Ad><InLine></InLine></Ad>\n</VAST>', 'application/xml');
    const missing = findings.find(({ rule }) => rule === 'required/ad-system');
    expect(missing).to.include({ line: 2, hop: 0 });
  });

  it('makes findings of what is no VAST, no XML and no text', async () => {
    expect(codes(await post('<html/>', 'text/xml'))).to.include(101);
    expect(codes(await post('<VAST>', 'text/xml'))).to.include(100);
    expect(codes(await post(Buffer.from([0xff, 0xfe, 0xff]), 'text/xml'))).to.include(100);
  });

  it('names every wrong field', async () => {
    const reply = await service.send('/v1/validate', {
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ imp: { video: { mimes: 1 } } }),
    });
    expect(reply.status).to.equal(400);
    const { errors } = JSON.parse(reply.text) as { errors: { field: string }[] };
    expect(errors.map(({ field }) => field)).to.have.members(['adm', 'imp.video.mimes']);
  });

  it('is refused with everything else under overload', async () => {
    const full = await startService({}, { limiter: limiterOf(0) });
    const reply = await full.send('/v1/validate', { headers: { 'Content-Type': 'text/xml' }, body: '<VAST/>' });
    expect(reply.status).to.equal(204);
    await full.close();
  });
});
