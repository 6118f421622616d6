import { expect } from 'chai';
import { descendantsNamed, localName, readVmap, type Vmap } from '../../src/vast/vmap.ts';
import { readDocument } from '../../src/vast/document.ts';
import { adBreak, dataSource, tagSource, vmapOf } from '../support/vmap-text.ts';
import { inLineAd, vast } from '../support/vast-text.ts';

function read(text: string): Vmap {
  const result = readVmap(text);
  if (!result.ok) throw new Error(result.defect.message);
  return result.vmap;
}

describe('readVmap', () => {
  it('reads the breaks in their order, and where their ads come from', () => {
    const { version, breaks } = read(
      vmapOf(
        adBreak(tagSource(' https://a.example/v?a=1&b=2 ')),
        adBreak(dataSource(vast(inLineAd())), 'timeOffset="50%" breakType="linear,nonlinear"'),
        adBreak(
          '<vmap:AdSource><vmap:CustomAdData templateType="x">x</vmap:CustomAdData></vmap:AdSource>',
          'timeOffset="#2"',
        ),
        adBreak('<vmap:AdSource id="empty"/>', 'timeOffset="end"'),
        adBreak('', 'timeOffset="00:10:00.000" breakId=" "'),
      ),
    );
    expect(version).to.equal('1.0');
    expect(
      breaks.map(({ timeOffset, breakType, breakId, sourceId }) => [timeOffset, breakType, breakId, sourceId]),
    ).to.deep.equal([
      ['start', 'linear', 'pre', 's1'],
      ['50%', 'linear,nonlinear', null, 's1'],
      ['#2', null, null, null],
      ['end', null, null, 'empty'],
      ['00:10:00.000', null, null, null],
    ]);
    expect(breaks.map(({ source }) => source?.kind)).to.deep.equal(['tag', 'document', 'custom', 'none', undefined]);
    expect(breaks[0]!.source).to.deep.equal({ kind: 'tag', uri: 'https://a.example/v?a=1&b=2' });
  });

  it('cuts a VAST out with the namespaces that it leans on', () => {
    const text = `<v:VMAP xmlns:v="http://www.iab.net/videosuite/vmap" xmlns:x="urn:&quot;x" xmlns:y="urn:y" version="1.0">${'<v:AdBreak timeOffset="start"><v:AdSource><v:VASTAdData>'}<VAST version="3.0"><Ad><InLine><x:note/></InLine></Ad></VAST></v:VASTAdData></v:AdSource></v:AdBreak></v:VMAP>`;
    const { source } = read(text).breaks[0]!;
    expect(source).to.deep.equal({
      kind: 'document',
      adm: '<VAST xmlns:x="urn:&quot;x" version="3.0"><Ad><InLine><x:note/></InLine></Ad></VAST>',
    });
    expect(readDocument((source as { adm: string }).adm).ok).to.equal(true);
  });

  it('reads other prefixes, none at all, and the names of the first version', () => {
    const plain =
      '<VMAP version="1.0.1"><AdBreak timeOffset="start"><AdSource><VASTData><![CDATA[<VAST/>]]></VASTData></AdSource></AdBreak></VMAP>';
    expect(read(plain).breaks[0]!.source).to.deep.equal({ kind: 'document', adm: '<VAST/>' });
  });

  it('refuses what is none, with a place', () => {
    for (const [text, code] of [
      ['<VAST/>', 101],
      ['<vmap:VMAP>', 100],
      ['', 100],
      ['<!DOCTYPE a><VMAP/>', 100],
    ] as const) {
      const result = readVmap(text);
      expect(!result.ok && result.defect.code, text).to.equal(code);
    }
  });
});

describe('descendantsNamed', () => {
  it('goes by local names, and not into the ads', () => {
    const { root } = read(vmapOf(adBreak(dataSource('<VAST><AdTagURI/></VAST>') + tagSource('u'))));
    expect(descendantsNamed(root, 'AdTagURI').map(localName)).to.deep.equal(['AdTagURI']);
  });
});
