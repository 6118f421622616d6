import { expect } from 'chai';
import { showDocuments } from '../../../src/admin/pages/shown-documents.ts';
import { readDocument } from '../../../src/vast/document.ts';
import { hopReport } from '../../support/unwrap-result.ts';

const TRACKERS = ['start', 'start', 'complete'].map((event, at) => `<Tracking event="${event}">https://t.example/${at}/${'x'.repeat(200)}</Tracking>`); // prettier-ignore
const TEXT = `<VAST version="4.2"><Ad><InLine><Creatives><Creative><Linear><TrackingEvents>${TRACKERS.join('')}</TrackingEvents></Linear></Creative></Creatives></InLine></Ad></VAST>`;

describe('showDocuments', () => {
  const read = readDocument(TEXT);
  const document = read.ok ? read.document : null;
  const PATH = '/VAST/Ad[1]/InLine/Creatives/Creative/Linear/TrackingEvents/Tracking[2]';

  it('moves places to the lines of a document that is shown indented', () => {
    const shown = showDocuments({ hops: [hopReport({ text: TEXT, document })] });
    const { text, original } = shown.at(0)!;
    expect(original).to.equal(TEXT);
    const { line } = shown.place({ hop: 0, line: 1, path: PATH });
    expect(text.split('\n')[line! - 1]).to.include('https://t.example/1/');
    const [linear] = document!.ads;
    expect(shown.placeOf(0, linear!.element).line).to.equal(2);
    expect(shown.place({ hop: 0, line: 1, path: '/VAST/No[3]/Such' }).line).to.equal(1);
    expect(shown.place({ hop: 0, line: null, path: null }).line).to.equal(null);
  });

  it('leaves all others as they came', () => {
    const shown = showDocuments({ hops: [hopReport({ text: '<VAST>\n</VAST>' }), hopReport({ text: null })] });
    expect(shown.at(0)).to.deep.equal({ text: '<VAST>\n</VAST>', original: null });
    expect(shown.at(1)).to.equal(null);
    expect(shown.place({ hop: 0, line: 2, path: '/VAST' })).to.deep.equal({ hop: 0, line: 2, path: '/VAST' });
  });
});
