import { expect } from 'chai';
import { extensionContent, extensionType, isSignal } from '../../src/vast/standard-extensions.ts';
import { parseXml } from '../../src/vast/xml.ts';
import type { Element } from '../../src/vast/element.ts';

function element(text: string): Element {
  const parsed = parseXml(text);
  if (!parsed.ok) throw new Error(parsed.defect.message);
  return parsed.root;
}
const contentOf = (text: string): readonly string[] | null => {
  const content = extensionContent(element(text));
  return content === null ? null : [...content.keys()];
};

describe('extensionContent', () => {
  it('knows the extensions of IAB Tech Lab by their type, and no other', () => {
    expect(contentOf('<Extension type=" Mezzanine "/>')).to.deep.equal(['Mezzanine']);
    expect(contentOf('<Extension type="ctv_ad_portfolio"/>')).to.include.members(['plcmt', 'MediaFiles', 'Icons']);
    expect(contentOf('<CreativeExtension type="tl_qrcode"/>')).to.include('QrCodePosition');
    for (const own of ['', 'own', 'constructor', 'toString'])
      expect(contentOf(`<Extension type="${own}"/>`)).to.equal(null);
  });

  it('knows a signal where it says that it is one of AdCOM', () => {
    expect(contentOf('<Extension type="pos" ext="adcom"/>')).to.deep.equal(['pos']);
    expect(contentOf('<Extension type="pos"/>')).to.equal(null);
    expect(contentOf('<Extension type="other" ext="adcom"/>')).to.equal(null);
  });

  it('has elements as the CTV Addendum writes them', () => {
    const simid = extensionContent(element('<Extension type="InteractiveCreativeFile"/>'))!.get(
      'InteractiveCreativeFile',
    )!;
    expect([...simid.element.attributes!.keys()]).to.include('mediaFileId');
    expect([...simid.element.children!.keys()]).to.deep.equal(['HTMLResource', 'AdParameters']);
  });
});

describe('isSignal', () => {
  it('goes by @ext, and the type is what it is of', () => {
    const [signal, other] = [element('<Extension type="attr" ext="AdCOM"/>'), element('<Extension ext="own"/>')];
    expect([isSignal(signal), extensionType(signal)]).to.deep.equal([true, 'attr']);
    expect([isSignal(other), extensionType(other)]).to.deep.equal([false, '']);
  });
});
