import { expect } from 'chai';
import fc from 'fast-check';
import { declarations, scopeOf, usesNoneOf, withAttributes } from '../../src/merge/namespaces.ts';
import { mergeAds } from '../../src/merge/merge.ts';
import type { Element } from '../../src/vast/element.ts';
import { settled } from '../support/settled.ts';
import { inLineAd, read, vast } from '../support/vast-text.ts';

const NAMESPACE = 'xmlns="http://www.iab.com/VAST"';

/** What an Extension of a wrapper becomes in the result. */
function copied(wrapperRoot: string, inLineRoot: string, extension: string, extensions = '<Extensions>'): string {
  const wrapper = vast(
    `<Ad><Wrapper><VASTAdTagURI>u</VASTAdTagURI>${extensions}${extension}</Extensions></Wrapper></Ad>`,
  );
  const adm = mergeAds(
    [
      settled(
        [wrapper.replace('<VAST', `<VAST ${wrapperRoot}`)],
        vast(inLineAd()).replace('<VAST', `<VAST ${inLineRoot}`),
      ),
    ],
    { pod: false, dedupe: 'none' },
  ).adm;
  read(adm);
  return /<Extension[ >].*<\/Extension>/.exec(adm)![0];
}

describe('declarations', () => {
  it('brings the prefixes that a copy uses and its new place does not have', () => {
    const extension = '<Extension><a:x b:y="1"/></Extension>';
    expect(copied('xmlns:a="A" xmlns:b="B" xmlns:c="C"', 'xmlns:b="B"', extension)).to.equal(
      '<Extension xmlns:a="A"><a:x b:y="1"/></Extension>',
    );
    expect(copied('xmlns:a="A" xmlns:b="B"', 'xmlns:b="other"', extension)).to.equal(
      '<Extension xmlns:a="A" xmlns:b="B"><a:x b:y="1"/></Extension>',
    );
  });

  it('leaves alone what the copy declares itself', () => {
    const extension = '<Extension xmlns:a="own"><a:x/></Extension>';
    expect(copied('xmlns:a="A"', '', extension)).to.equal(extension);
  });

  it('lets VAST elements take the default namespace of their new place, so that their names go on matching', () => {
    const extension = '<Extension><x/></Extension>';
    expect(copied(NAMESPACE, '', extension)).to.equal(extension);
    expect(copied('', NAMESPACE, extension)).to.equal(extension);
  });

  it('brings a default namespace that was not that of the document', () => {
    expect(copied('', '', '<Extension><x/></Extension>', '<Extensions xmlns="E">')).to.equal(
      '<Extension xmlns="E"><x/></Extension>',
    );
  });

  it('escapes the name of a namespace', () => {
    expect(
      declarations(
        '<a:x/>',
        new Map(),
        [{ attributes: new Map([['xmlns:a', 'u"&<']]), isRoot: true, marks: ['a:'] }],
        [],
      ),
    ).to.equal(' xmlns:a="u&quot;&amp;&lt;"');
  });
});

describe('scopeOf', () => {
  it('is what the element and those around it declare, the closest first, without the default of the root', () => {
    const document = read(
      '<VAST version="4.2" xmlns="V" xmlns:a="1" xmlns:b="2"><Ad xmlns="W" xmlns:b="3"><InLine/></Ad></VAST>',
    );
    const copy = '<x a:y="" b:y=""/>';
    const missing = (place: Element): string => declarations(copy, new Map(), scopeOf(document)(place), []);
    expect(missing(document.ads[0]!.body)).to.equal(' xmlns="W" xmlns:a="1" xmlns:b="3"');
    expect(missing(document.root)).to.equal(' xmlns:a="1" xmlns:b="2"');
  });

  it('is nothing where nobody declares a prefix', () => {
    const document = read('<VAST version="4.2" xmlns="V"><Ad><InLine/></Ad></VAST>');
    expect(scopeOf(document)(document.ads[0]!.body)).to.deep.equal([]);
  });
});

describe('usesNoneOf', () => {
  it('is never said of markup that needs a declaration', () => {
    const names = ['a', 'ab', 'b', 'é', 'xs.i-1'];
    const declared = fc.uniqueArray(fc.constantFrom(...names), { maxLength: 5 });
    const use = fc.constantFrom(
      ...names.flatMap((name) => [`<${name}:x/>`, `<x y="${name}:z"/>`, `<z${name}:x/>`, name]),
    );
    fc.assert(
      fc.property(declared, fc.array(use, { maxLength: 3 }), fc.boolean(), (prefixes, used, hasDefault) => {
        const root = prefixes.map((prefix) => ` xmlns:${prefix}="urn:${prefix}"`).join('');
        const document = read(`<VAST version="4.2"${root}><Ad${hasDefault ? ' xmlns="D"' : ''}><InLine/></Ad></VAST>`);
        const bindings = scopeOf(document)(document.ads[0]!.body);
        const markup = `<Extension>${used.join('')}</Extension>`;
        const isPlain = usesNoneOf(bindings, markup);
        expect(isPlain && declarations(markup, new Map(), bindings, []) !== '').to.equal(false);
        if (used.length === 0) expect(isPlain).to.equal(!hasDefault && prefixes.length < 5);
      }),
    );
  });
});

describe('withAttributes', () => {
  it('puts them into the first start tag', () => {
    expect(withAttributes('<a b="1"/>', 'a', ' c="2"')).to.equal('<a c="2" b="1"/>');
  });
});
