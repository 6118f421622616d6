import { expect } from 'chai';
import { createSlowFiles, type SlowFiles } from '../../src/media/slow-files.ts';

describe('createSlowFiles', () => {
  const time = { now: 0 };
  const start = (): SlowFiles =>
    createSlowFiles(
      () => time.now,
      () => 0.5,
    );
  const slow = (files: SlowFiles, url: string): void => files.tryPass(url)!.end('failed');
  beforeEach(() => {
    time.now = 0;
  });

  it('lets a file rest for a minute that was too slow twice running, then tries it once', () => {
    const files = start();
    slow(files, 'a');
    expect(files.tryPass('a'), 'once is a busy moment').not.to.equal(null);
    slow(files, 'a');
    expect(files.tryPass('a')).to.equal(null);
    expect(files.tryPass('b')).not.to.equal(null);
    time.now = 60_000;
    const probe = files.tryPass('a')!;
    expect(files.tryPass('a')).to.equal(null);
    probe.end('succeeded');
    slow(files, 'a');
    expect(files.tryPass('a'), 'it begins anew').not.to.equal(null);
  });

  it('remembers a thousand files at most', () => {
    const files = start();
    for (let file = 0; file <= 1000; file += 1) for (const url of [`${file}`, `${file}`]) slow(files, url);
    expect(files.tryPass('1')).to.equal(null);
    expect(files.tryPass('0')).not.to.equal(null);
  });
});
