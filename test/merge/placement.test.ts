import { expect } from 'chai';
import { recipientEdits, leadOf, type RecipientInDocument } from '../../src/merge/placement.ts';
import { splice } from '../../src/merge/splice.ts';
import type { Version } from '../../src/vast/document.ts';
import { read } from '../support/vast-text.ts';

/** An InLine of this content after it was given empty elements of these names. */
function grown(content: string, names: readonly string[], version: Version = '4.2'): string {
  const text = `<VAST version="${version}"><Ad><InLine>${content}</InLine></Ad></VAST>`;
  const { body } = read(text.replace('<InLine></InLine>', '<InLine></InLine>')).ads[0]!;
  const added = names.map((name) => ({ name, text: `<${name}/>`, hop: 0, source: null }));
  const recipient: RecipientInDocument = {
    name: 'InLine',
    element: body,
    startTag: '',
    hop: 0,
    place: body,
    allowed: 'anything',
    added,
  };
  return splice(text, recipientEdits(recipient, { text, version, side: 'InLine' }), body.openEnd, body.closeStart).text;
}

describe('recipientEdits', () => {
  it('adds behind the last sibling of the name', () => {
    expect(grown('<Impression/><Error/><Impression/><Creatives/>', ['Impression'])).to.equal(
      '<Impression/><Error/><Impression/><Impression/><Creatives/>',
    );
  });

  it('else before the first sibling that comes later in the order of the version', () => {
    expect(grown('<AdSystem/><AdTitle/><Creatives/>', ['Extensions'], '4.2')).to.equal(
      '<AdSystem/><Extensions/><AdTitle/><Creatives/>',
    );
    expect(grown('<AdSystem/><AdTitle/><Creatives/>', ['Extensions'], '3.0')).to.equal(
      '<AdSystem/><AdTitle/><Creatives/><Extensions/>',
    );
  });

  it('puts several names at one place into the order of the schema', () => {
    expect(grown('<AdSystem/><Creatives/>', ['AdVerifications', 'Impression', 'Error', 'Impression'])).to.equal(
      '<AdSystem/><Error/><Impression/><Impression/><AdVerifications/><Creatives/>',
    );
  });

  it('puts what the version does not know where the lowest one has it that does', () => {
    expect(grown('<AdSystem/><AdTitle/><Creatives/>', ['ViewableImpression'], '3.0')).to.equal(
      '<AdSystem/><ViewableImpression/><AdTitle/><Creatives/>',
    );
  });

  it('gives each a line of its own where its neighbours have one', () => {
    const content = '\r\n  <AdSystem/>\r\n  <AdTitle/> <!-- title -->\r\n';
    expect(grown(content, ['Survey', 'Error'])).to.equal(
      '\r\n  <AdSystem/>\r\n  <Error/>\r\n  <AdTitle/> <!-- title -->\r\n  <Survey/>\r\n',
    );
  });

  it('fills an element without children behind what is in it', () => {
    expect(grown('<!-- none -->', ['Error'])).to.equal('<!-- none --><Error/>');
  });
});

describe('leadOf', () => {
  it('is the line break and indentation of an element that begins its line', () => {
    const text = '<VAST version="4.2">\n\t<Ad><InLine/></Ad></VAST>';
    const [ad] = read(text).ads;
    expect([leadOf(text, ad!.element), leadOf(text, ad!.body)]).to.deep.equal(['\n\t', '']);
  });
});
