import { expect } from 'chai';
import { arePlainFiles, isPlainFile } from '../../src/validation/plain-file.ts';
import type { Element } from '../../src/vast/element.ts';
import { read } from '../support/vast-text.ts';

const element = (text: string): Element => read(`<VAST>${text}</VAST>`).root.children[0]!;

const PLAIN = {
  name: 'MediaFile',
  attributes: 'type="video/mp4" width="640" height="360" bitrate="800"',
  url: 'https://m.example/a.mp4',
};

function file(own: Partial<typeof PLAIN>): Element {
  const { name, attributes, url } = { ...PLAIN, ...own };
  return element(`<${name} ${attributes}><![CDATA[${url}]]></${name}>`);
}

describe('isPlainFile', () => {
  it('is a MediaFile of a film in MP4', () => {
    expect(isPlainFile(file({}))).to.equal(true);
    expect(isPlainFile(file({ name: 'Mezzanine' }))).to.equal(false);
    expect(isPlainFile(file({ attributes: PLAIN.attributes.replace('mp4', 'webm') }))).to.equal(false);
  });

  it('has numbers and a codec as they should be, and none beside them', () => {
    for (const odd of [' codec="H.264"', ' apiFramework=""', ' minBitrate="1"', ' maxBitrate="1"']) {
      expect(isPlainFile(file({ attributes: PLAIN.attributes + odd })), odd).to.equal(false);
    }
    expect(isPlainFile(file({ attributes: `${PLAIN.attributes} codec="avc1.4d401e"` }))).to.equal(true);
    for (const value of ['0', '', '007', '1.5', '123456', 'x']) {
      for (const number of ['640', '360', '800']) {
        expect(isPlainFile(file({ attributes: PLAIN.attributes.replace(number, value) })), value).to.equal(false);
      }
    }
    expect(isPlainFile(file({ attributes: 'type="video/mp4" width="640" height="360"' }))).to.equal(false);
  });

  it('has a path that ends as it should, whatever stands behind it', () => {
    for (const end of ['.mp4', '.mp4?a=.webm', '.mp4#?']) {
      expect(isPlainFile(file({ url: `https://m.example/a${end}` })), end).to.equal(true);
    }
    for (const end of ['', '.MP4', '.webm?.mp4', '.mp4/', '?.mp4', '.mp4.webm']) {
      expect(isPlainFile(file({ url: `https://m.example/a${end}` })), end).to.equal(false);
    }
  });
});

describe('arePlainFiles', () => {
  const film = '<MediaFile type="video/mp4"/>';
  const are = (files: string): boolean => arePlainFiles(element(`<MediaFiles>${files}</MediaFiles>`));

  it('are two or more films in MP4, and nothing else', () => {
    expect(are(film + film)).to.equal(true);
    expect(are(`${film}<Mezzanine/>${film}`)).to.equal(true);
    for (const files of [
      '',
      film,
      `${film}<Mezzanine/>`,
      film + film + film.replace('mp4', 'webm'),
      film + film.replace('/>', ' apiFramework="VPAID"/>'),
    ]) {
      expect(are(files), files).to.equal(false);
    }
  });
});
