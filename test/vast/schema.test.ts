import { expect } from 'chai';
import type { Version } from '../../src/vast/document.ts';
import { schemaOf, type ElementSchema } from '../../src/vast/schema.ts';

const at = (version: Version, ...path: readonly string[]): ElementSchema | undefined => {
  let schema: ElementSchema | undefined = schemaOf(version);
  for (const name of path) schema = schema?.children?.get(name)?.element;
  return schema;
};
const LINEAR = ['Creatives', 'Creative', 'Linear'];

describe('schemaOf', () => {
  it('says which children may stand where, in which order and how often', () => {
    const { children } = at('4.2', 'Ad', 'InLine')!;
    expect(children!.get('AdSystem')).to.include({ rank: 0, required: true, repeatable: false });
    expect(children!.get('Impression')).to.include({ rank: 3, required: true, repeatable: true });
    expect(children!.get('Survey')).to.include({ required: false, repeatable: false });
    expect(children!.has('VASTAdTagURI')).to.equal(false);
  });

  it('knows less of a Wrapper', () => {
    expect(at('4.2', 'Ad', 'InLine', ...LINEAR)!.children!.has('MediaFiles')).to.equal(true);
    expect(at('4.2', 'Ad', 'Wrapper', ...LINEAR)!.children!.has('MediaFiles')).to.equal(false);
  });

  it('says which attributes are required, and tells places apart', () => {
    const mediaFile = at('4.0', 'Ad', 'InLine', ...LINEAR, 'MediaFiles', 'MediaFile')!.attributes!;
    expect([mediaFile.get('delivery'), mediaFile.get('codec'), mediaFile.has('fileSize')]).to.deep.equal([
      true,
      false,
      false,
    ]);
    const tracking = ['TrackingEvents', 'Tracking'];
    expect(at('4.2', 'Ad', 'InLine', ...LINEAR, ...tracking)!.attributes!.has('offset')).to.equal(true);
    const verification = ['AdVerifications', 'Verification'];
    expect(at('4.2', 'Ad', 'Wrapper', ...verification, ...tracking)!.attributes!.has('offset')).to.equal(false);
  });

  it('allows anything inside an Extension', () => {
    expect(at('3.0', 'Ad', 'InLine', 'Extensions', 'Extension')!.children).to.equal(null);
  });
});
