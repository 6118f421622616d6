import { expect } from 'chai';
import { isStrange, Place } from '../../src/validation/place.ts';
import { schemaOf } from '../../src/vast/schema.ts';
import { read, vast } from '../support/vast-text.ts';

const document = read(vast('<Ad><Wrapper><Error>https://ADS.example:8443/[ERRORCODE]</Error></Wrapper></Ad>'));
const [ad] = document.root.children;
const [wrapper] = ad!.children;
const root = new Place(document, document.root, null, schemaOf(document.version), false);

describe('Place', () => {
  it('knows in which body it stands', () => {
    const body = new Place(document, wrapper!, new Place(document, ad!, root, null, false), null, false);
    expect([root.body, body.body]).to.deep.equal([null, 'Wrapper']);
    expect(new Place(document, wrapper!.children[0]!, body, null, false).body).to.equal('Wrapper');
  });

  it('knows which attributes its schema does not have', () => {
    const own = read('<VAST own="" xmlns="" x:y="" version="4.2"/>');
    expect(new Place(own, own.root, null, schemaOf('4.2'), false).strangeAttributes).to.deep.equal(['own']);
  });

  it('reads the macros of its text', () => {
    const error = new Place(document, wrapper!.children[0]!, null, null, false);
    expect(error.macros).to.deep.equal(['ERRORCODE']);
    expect(error.unknownMacros).to.deep.equal([]);
    expect(root.macros).to.deep.equal([]);
  });
});

describe('isStrange', () => {
  it('is of no attribute that the schema has, and of none of a namespace', () => {
    const schema = schemaOf('4.2');
    const names = ['version', 'own', 'x:y', 'xmlns'];
    expect(names.filter((name) => isStrange(name, schema))).to.deep.equal(['own']);
  });
});
