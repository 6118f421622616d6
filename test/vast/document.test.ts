import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { decodeBytes } from '../../src/vast/decode.ts';
import { readDocument, VERSIONS, type ReadResult, type VastDocument } from '../../src/vast/document.ts';
import { xmlDocument } from '../support/xml-arbitrary.ts';
import type { VastDefect } from '../../src/vast/defect.ts';

function defectOf(result: ReadResult): VastDefect {
  if (result.ok) throw new Error('was read');
  return result.defect;
}

function read(text: string): VastDocument {
  const result = readDocument(text);
  if (!result.ok) throw new Error(`refused: ${result.defect.message}`);
  return result.document;
}

const SAMPLES = resolve(import.meta.dirname, '../../samples');
/** Cuts per sample, evenly spread; the last one takes only the final `>`. */
const CUTS = 25;

function readBytes(bytes: Uint8Array): ReadResult {
  return readDocument(decodeBytes(bytes, null).text);
}

describe('readDocument', () => {
  it('knows the versions', () => {
    for (const version of VERSIONS) expect(read(`<VAST version="${version}"/>`).version).to.equal(version);
  });

  const SPELLINGS = { '2.0.1': '2.0', '2': '2.0', ' 4.0.0 ': '4.0', '4': '4.0', '': '3.0' };
  for (const [stated, version] of Object.entries(SPELLINGS)) {
    it(`takes "${stated}" for ${version} and keeps what was written`, () => {
      expect(read(`<VAST version="${stated}"/>`)).to.deep.include({ version, statedVersion: stated });
    });
  }

  it('takes no version for 3.0', () => {
    expect(read('<VAST/>')).to.deep.include({ version: '3.0', statedVersion: null });
  });

  for (const version of ['1.0', '2.1', '3.1', '4.5', '5.0', '10', 'four', '4.x', '-4.0']) {
    it(`refuses version ${version} with the errors that it can read`, () => {
      const text = `<VAST version="${version}"><Error>r</Error><Ad><InLine><Error>a</Error></InLine></Ad></VAST>`;
      expect(defectOf(readDocument(text))).to.deep.include({ code: 102, errorUrls: ['r', 'a'], line: 1, column: 1 });
    });
  }

  it('refuses VAST 1 with its errors', () => {
    const text =
      '<VideoAdServingTemplate><Ad><InLine><Error><URL id="a"><![CDATA[u]]></URL></Error></InLine></Ad></VideoAdServingTemplate>';
    expect(defectOf(readDocument(text))).to.deep.include({ code: 102, errorUrls: ['u'] });
  });

  it('refuses other roots', () => {
    for (const root of ['vast', 'VMAP', 'html', 'v:VAST']) {
      expect(defectOf(readDocument(`\n<${root}/>`))).to.deep.include({ code: 101, line: 2, column: 1 });
    }
  });

  it('passes the defects of the XML on', () => {
    expect(defectOf(readDocument('<VAST>'))).to.deep.include({ code: 100, line: 1, column: 1, errorUrls: [] });
  });

  it('reads a document without Ad, with the root errors', () => {
    expect(read('<VAST version="4.2"><Error> e </Error><Error/></VAST>')).to.deep.include({
      ads: [],
      errorUrls: ['e'],
    });
  });

  it('reads 20 ads and counts the rest', () => {
    const document = read(`<VAST>${'<Ad><InLine/></Ad>'.repeat(23)}</VAST>`);
    expect([document.ads.length, document.adsIgnored]).to.deep.equal([20, 3]);
  });

  it('freezes the document', () => {
    const document = read('<VAST><Ad><InLine/></Ad></VAST>');
    expect([document, document.ads, document.ads[0], document.errorUrls].every(Object.isFrozen)).to.equal(true);
  });

  it('refuses every sample that is cut short, and never throws', () => {
    const files = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.xml'));
    const whole = files.map((file) => readFileSync(resolve(SAMPLES, file))).filter((each) => readBytes(each).ok);
    expect(whole).not.to.be.empty;
    for (const each of whole) {
      const end = each.lastIndexOf('>');
      const step = Math.max(1, Math.floor(end / CUTS));
      for (let at = end % step; at <= end; at += step) expect(readBytes(each.subarray(0, at)).ok).to.equal(false);
    }
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(xmlDocument, fc.string()), (text) => typeof readDocument(text).ok === 'boolean'));
  });
});
