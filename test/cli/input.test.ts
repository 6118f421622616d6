import { Readable } from 'node:stream';
import { expect } from 'chai';
import { isUrl, onlyTarget, readText, UsageError } from '../../src/cli/input.ts';

describe('what a command is about', () => {
  it('is one thing', () => {
    expect(onlyTarget(['a.xml'], 'unwrap')).to.equal('a.xml');
    expect(() => onlyTarget([], 'validate')).to.throw(UsageError, 'say what to validate');
    expect(() => onlyTarget(['a.xml', 'b.xml'], 'unwrap')).to.throw(UsageError, '"b.xml"');
  });

  it('is a URL by its scheme', () => {
    const targets = ['https://a.example/', 'HTTP://a.example/', 'http.xml', './https://a', '-'];
    expect(targets.map(isUrl)).to.deep.equal([true, true, false, false, false]);
  });

  it('is read in the encoding that it names', async () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><VAST>é</VAST>', 'latin1');
    expect(await readText('-', Readable.from([latin]))).to.contain('é');
    expect(await readText('-', Readable.from([Buffer.from([0xff, 0xfe, 0xff])]))).to.equal('\ufeff\ufffd');
  });
});
