import { expect } from 'chai';
import { createLocate } from '../../src/vast/location.ts';
import { read } from '../support/vast-text.ts';

describe('createLocate', () => {
  const document = read(
    '<VAST version="4.2">\n<Ad><InLine>\n\n<Error/><Impression/>\n<Impression/></InLine></Ad></VAST>',
  );
  const [ad] = document.ads;

  it('names the line, and the position among namesakes', () => {
    const locate = createLocate();
    expect([document.root, ad!.element, ...ad!.body.children].map((each) => locate(document, each))).to.deep.equal([
      { line: 1, path: '/VAST' },
      { line: 2, path: '/VAST/Ad[1]' },
      { line: 4, path: '/VAST/Ad[1]/InLine/Error' },
      { line: 4, path: '/VAST/Ad[1]/InLine/Impression[1]' },
      { line: 5, path: '/VAST/Ad[1]/InLine/Impression[2]' },
    ]);
  });

  it('finds its way in several documents', () => {
    const locate = createLocate();
    const other = read('<VAST version="4.2"><Ad><Wrapper><VASTAdTagURI/></Wrapper></Ad></VAST>');
    const paths = [document, other, document].map((each) => locate(each, each.ads[0]!.body).path);
    expect(paths).to.deep.equal(['/VAST/Ad[1]/InLine', '/VAST/Ad[1]/Wrapper', '/VAST/Ad[1]/InLine']);
  });
});
