import { expect } from 'chai';
import { outlineOfBroken, repair } from '../../src/vast/repair.ts';
import { inLineAd, vast, wrapperAd } from '../support/vast-text.ts';

describe('repair', () => {
  it('gives the document that a text is once it is mended', () => {
    const repaired = repair(`${vast(inLineAd({ id: 'a&b' }))} behind`)!;
    expect(repaired.document!.ads[0]!.id).to.equal('a&b');
    expect(repaired.defect).to.equal(null);
    expect(repaired.mistakes.map(({ message }) => message)).to.have.length.above(1);
    expect(repaired.document!.text).to.equal(repaired.text);
  });

  it('says what mending was not enough for', () => {
    const cut = vast(inLineAd({ id: 'a&b' })).slice(0, -3);
    expect(repair(cut)).to.deep.include({ document: null });
    expect(repair(cut)!.defect!.message).to.contain('end tag');
    expect(repair(`<!DOCTYPE a>${vast(inLineAd({ id: 'a&b' }))}`)?.document ?? null).to.equal(null);
    expect(repair('<html>&</html>')!.defect!.code).to.equal(101);
  });

  it('is null where there is nothing to be mended', () => {
    expect(repair(vast(inLineAd()))).to.equal(null);
    expect(repair(vast(inLineAd()).slice(0, -3))).to.equal(null);
  });
});

describe('outlineOfBroken', () => {
  it('tells what a text would hold that only mending makes readable, or not even that', () => {
    const text = vast(wrapperAd({ uri: 'https://b.example/v' })).replace('<Ad id="', '<Ad id=');
    expect(outlineOfBroken(text)).to.deep.include({ kind: 'wrapper', nextTag: 'https://b.example/v' });
    expect(outlineOfBroken(text.slice(0, -3))).to.deep.include({ kind: 'wrapper', nextTag: 'https://b.example/v' });
  });
});
