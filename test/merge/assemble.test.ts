import { expect } from 'chai';
import { createMergeContext } from '../../src/merge/target.ts';
import { assemble, type Slot } from '../../src/merge/assemble.ts';
import { insert } from '../../src/merge/splice.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

const slotOf = (text: string): Slot => {
  const document = read(text);
  return { document, ad: document.ads[0]!.element, hop: 0, edits: [] };
};

const context = createMergeContext();

describe('assemble', () => {
  it('changes the word of an XML declaration that names another encoding, and nothing else', () => {
    const of = (declaration: string): string => assemble([slotOf(declaration + vast(inLineAd()))], false, context).text;
    expect(of(`<?xml version='1.0' encoding = 'ISO-8859-1' standalone="yes"?>\n`)).to.equal(
      `<?xml version='1.0' encoding = 'UTF-8' standalone="yes"?>\n${vast(inLineAd())}`,
    );
    for (const declaration of ['<?xml version="1.0" encoding="utf-8"?>', '<?xml version="1.0"?>', '']) {
      expect(of(declaration)).to.equal(declaration + vast(inLineAd()));
    }
  });

  it('renumbers in the start tag as it was written', () => {
    const of = (tag: string): string =>
      assemble([slotOf(vast(inLineAd()).replace(/<Ad [^>]*>/, tag))], true, context).text.match(
        /<Ad[^e]*?sequence[^I]*?>/,
      )![0];
    expect(of(`<Ad a='sequence="9"' sequence = '9' >`)).to.equal(`<Ad a='sequence="9"' sequence = '1' >`);
    expect(of('<Ad sequence="">')).to.equal('<Ad sequence="1">');
    expect(of('<Ad>')).to.equal('<Ad sequence="1">');
  });

  it('takes along the namespaces that only merged parts of an ad need', () => {
    const first = slotOf(vast(inLineAd()).replace('<VAST ', '<VAST xmlns:x="urn:first" '));
    const second = slotOf(vast(inLineAd()).replace('<VAST ', '<VAST xmlns:x="urn:second" '));
    const added = insert(second.ad.end - '</InLine></Ad>'.length, '<Extensions><x:note/></Extensions>', 1);
    const { text } = assemble([first, { ...second, edits: [added] }], true, context);
    expect(text.match(/<Ad [^>]*urn:second[^>]*>/g)).to.have.length(1);
  });
});
