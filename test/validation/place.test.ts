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

  it('reads macros and host of its text', () => {
    const error = new Place(document, wrapper!.children[0]!, null, null, true);
    expect(error.macros).to.deep.equal(['ERRORCODE']);
    expect(error.host).to.equal('ads.example');
    expect([root.macros, root.host]).to.deep.equal([[], null]);
  });
});
