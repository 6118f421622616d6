import { expect } from 'chai';
import { documentBytes } from '../../src/cache/document-bytes.ts';
import { readDocument, type VastDocument } from '../../src/vast/document.ts';

function documentOf(text: string): VastDocument {
  const read = readDocument(text);
  if (!read.ok) throw new Error(read.defect.message);
  return read.document;
}

const bytesOf = (text: string): number => documentBytes(documentOf(text));

describe('documentBytes', () => {
  const plain = '<VAST ></VAST>';

  it('counts text, elements and attributes', () => {
    const withElement = bytesOf('<VAST ><a/></VAST>') - bytesOf(plain) - '<a/>'.length;
    const withAttribute = bytesOf('<VAST b="c"></VAST>') - bytesOf(plain) - 'b="c"'.length;
    expect(withElement).to.be.within(100, 300);
    expect(withAttribute).to.be.within(60, 300);
    expect(bytesOf(`<VAST >${'x'.repeat(1000)}</VAST>`) - bytesOf(plain)).to.equal(1000);
  });

  it('counts two bytes for each character where one needs them', () => {
    const [narrow, wide] = ['é', '→'].map((character) => bytesOf(`<VAST>${character}${'x'.repeat(999)}</VAST>`));
    expect(wide! - narrow!).to.equal(1000 + '<VAST></VAST>'.length);
  });

  it('counts what a stranger can write in tags that say little else', () => {
    const attributes = Array.from({ length: 1000 }, (_, i) => ` a${i}=""`).join('');
    expect(bytesOf(`<VAST${attributes}/>`)).to.be.above(100_000);
    expect(bytesOf(`<VAST>${'<a/>'.repeat(1000)}</VAST>`)).to.be.above(100_000);
  });

  it('decodes nothing', () => {
    const document = documentOf('<VAST version="4.0">x</VAST>');
    const never = {} as VastDocument['root'];
    expect(documentBytes({ ...document, root: never, ads: [] })).to.equal(documentBytes(document));
  });
});
