import { expect } from 'chai';
import { Place } from '../../src/validation/place.ts';
import { schemaOf } from '../../src/vast/schema.ts';
import { read, vast } from '../support/vast-text.ts';

const document = read(vast('<Ad><Wrapper><Error>https://ADS.example:8443/[ERRORCODE]</Error></Wrapper></Ad>'));
const [ad] = document.root.children;
const [wrapper] = ad!.children;
const root = new Place(document, document.root, null, schemaOf(document.version), true);

describe('Place', () => {
  it('knows in which body it stands', () => {
    const body = new Place(document, wrapper!, new Place(document, ad!, root, null, true), null, true);
    expect([root.body, body.body]).to.deep.equal([null, 'Wrapper']);
    expect(new Place(document, wrapper!.children[0]!, body, null, true).body).to.equal('Wrapper');
  });

  it('knows which attributes its schema does not have', () => {
    const own = read('<VAST own="" xmlns="" x:y="" version="4.2"/>');
    expect(new Place(own, own.root, null, schemaOf('4.2'), true).strangeAttributes).to.deep.equal(['own']);
  });

  it('reads the macros of its text', () => {
    const error = new Place(document, wrapper!.children[0]!, null, null, true);
    expect(error.macros).to.deep.equal(['ERRORCODE']);
    expect(error.unknownMacros).to.deep.equal([]);
    expect(root.macros).to.deep.equal([]);
  });
});
