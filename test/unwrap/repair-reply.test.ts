import { expect } from 'chai';
import { HANDED_OVER, readText } from '../../src/unwrap/read-reply.ts';
import { repairReply } from '../../src/unwrap/repair-reply.ts';
import type { Reply } from '../../src/unwrap/ports.ts';
import { portsOver } from '../support/ports.ts';
import { runUnwrap } from '../support/run-unwrap.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

const replyOf = (text: string): Reply => ({ exchanges: [], outcome: readText(text, HANDED_OVER), freshForMs: 0 });
const broken = `${vast(inLineAd({ id: 'saved' }))} & more`;

describe('repairReply', () => {
  it('gives the mended document, with what was mended, for this request alone', () => {
    const { outcome, freshForMs } = repairReply(replyOf(broken), 'https://a.example/v');
    expect(outcome).to.include({ kind: 'document', url: 'https://a.example/v' });
    expect((outcome as { repairs: readonly unknown[] }).repairs).to.have.length(1);
    expect(freshForMs).to.equal(0);
  });

  it('leaves a reply alone that is well, no VAST, cut off or hostile', () => {
    for (const text of [
      vast(inLineAd()),
      '',
      '<html/>',
      '<html>&</html>',
      broken.slice(0, 60),
      `<!DOCTYPE a>${broken}`,
    ]) {
      const reply = replyOf(text);
      expect(repairReply(reply, null)).to.equal(reply);
    }
  });
});

describe('options.repair', () => {
  const pages = {
    'https://a.example/w': vast(wrapperAd({ uri: '/i' })).replace('<Ad id="', '<Ad id='),
    'https://a.example/i': broken,
    'https://a.example/cut': broken.slice(0, 60),
  };

  it('saves a chain, and says for each document what was mended and where', async () => {
    const { status, adm, findings, hops } = await runUnwrap('https://a.example/w', portsOver(pages), { repair: true });
    expect(status).to.equal('resolved');
    expect(adm).to.contain('id="saved"');
    const told = findings.filter(({ rule }) => rule === 'document/repaired');
    expect(told.map(({ hop, line }) => [hop, line])).to.deep.equal([[0, 1], [1, 1]]); // prettier-ignore
    expect(hops.map(({ error }) => error)).to.deep.equal([null, null]);
  });

  it('does nothing where nobody asked, and saves nothing that is cut off', async () => {
    expect(await runUnwrap('https://a.example/w', portsOver(pages))).to.include({ adm: null, reason: 'not-xml' });
    const cut = await runUnwrap('https://a.example/cut', portsOver(pages), { repair: true });
    expect(cut).to.include({ adm: null, reason: 'not-xml' });
  });
});
