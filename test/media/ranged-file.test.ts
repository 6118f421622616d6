import { expect } from 'chai';
import { Deadline } from '../../src/deadline.ts';
import { type ByteRange, type FetchedBytes, openFile, type RangedFile } from '../../src/media/ranged-file.ts';

const BYTES = Buffer.from(Uint8Array.from({ length: 400_000 }, (_, index) => index % 251));

type Reply = Extract<FetchedBytes['outcome'], { ok: true }>;

const part = ({ first, last }: ByteRange, size: number | '*' = BYTES.length): Reply => ({
  ok: true,
  httpStatus: 206,
  headers: { 'content-range': `bytes ${first}-${last}/${size}`, 'content-type': 'Video/MP4; charset=x' },
  body: BYTES.subarray(first, last + 1),
});

const whole = (headers: Reply['headers'] = {}, body = BYTES.subarray(0, 65_536)): Reply => ({
  ok: true,
  httpStatus: 200,
  headers,
  body,
});

/** Opens a file of which the server gives what `answer` says; `asked` collects the ranges. */
async function open(
  answer: (range: ByteRange, count: number) => FetchedBytes['outcome'],
  asked: string[] = [],
  deadline = minute,
): ReturnType<typeof openFile> {
  const opened = await openFile(
    'http://cdn.example/a.mp4',
    (_url, range) => {
      asked.push(`${range.first}-${range.last}`);
      return Promise.resolve({ exchanges: [], outcome: answer(range, asked.length) });
    },
    deadline,
    () => {},
  );
  return opened;
}

const opened = async (...args: Parameters<typeof open>): Promise<RangedFile> => {
  const file = await open(...args);
  if (!('load' in file)) throw new Error(file.failure.message);
  return file;
};

/** The bytes from `start` up to `end`, of the part that holds them. */
function bytesOf(file: RangedFile, start: number, end: number): Buffer | undefined {
  const part = file.parts.find((each) => each.start <= start && end <= each.start + each.bytes.length);
  return part?.bytes.subarray(start - part.start, end - part.start);
}

let minute: Deadline;

describe('openFile', () => {
  beforeEach(() => {
    minute = Deadline.after(60_000);
  });
  afterEach(() => minute.cancel());

  it('blames no server for the time that went into reading', async () => {
    let now = 0;
    const deadline = Deadline.after(1000, () => now);
    const file = await opened((range) => part(range), [], deadline);
    now = 1000;
    expect(await file.load(100_000, 100_010)).to.have.nested.property('failure.reason', 'busy');
    expect(await file.load(10, 20)).to.deep.equal({ kind: 'loaded' });
    deadline.cancel();
  });

  it('asks for the head and tells what the server says of the file', async () => {
    const file = await opened((range) => part(range));
    expect(file).to.include({ httpStatus: 206, contentType: 'video/mp4', size: 400_000, ranges: true });
    expect(file.parts).to.deep.equal([{ start: 0, bytes: BYTES.subarray(0, 65_536) }]);
  });

  it('asks for nothing twice, and puts together what touches', async () => {
    const asked: string[] = [];
    const file = await opened((range) => part(range), asked);
    for (const [start, end] of [
      [10, 50],
      [60_000, 70_000],
      [65_536, 98_304],
      [399_000, 400_000],
    ] as const) {
      expect(await file.load(start, end)).to.deep.equal({ kind: 'loaded' });
      expect(bytesOf(file, start, end)).to.deep.equal(BYTES.subarray(start, end));
    }
    expect(asked).to.deep.equal(['0-65535', '65536-98303', '399000-399999']);
  });

  it('ends at its budget of bytes', async () => {
    const file = await opened((range) => part(range));
    expect(await file.load(65_536, 300_000)).to.deep.equal({ kind: 'out-of-reach' });
    expect(await file.load(65_536, 250_000)).to.deep.equal({ kind: 'loaded' });
    expect(await file.load(300_000, 320_000)).to.deep.equal({ kind: 'out-of-reach' });
  });

  it('takes what a server without ranges sends, and asks no more', async () => {
    const asked: string[] = [];
    const file = await opened(() => whole({ 'content-length': '400000' }), asked);
    expect(file).to.include({ httpStatus: 200, ranges: false, size: 400_000 });
    expect(await file.load(100_000, 100_010)).to.deep.equal({ kind: 'out-of-reach' });
    expect(asked.length).to.equal(1);
  });

  it('knows the size of a file without a length only where all of it came', async () => {
    expect((await opened(() => whole())).size).to.equal(null);
    expect((await opened(() => whole({}, Buffer.alloc(100)))).size).to.equal(100);
    expect((await opened((range) => part(range, '*'))).size).to.equal(null);
  });

  it('fails where the server does', async () => {
    expect(await open(() => ({ ...whole(), httpStatus: 404 }))).to.deep.equal({
      failure: { reason: 'http-status', message: 'cdn.example: it answered with status 404' },
      httpStatus: 404,
    });
    expect((await opened(() => whole({ 'content-encoding': 'gzip' }))).isCoded).to.equal(true);
    expect((await opened(() => whole({ 'content-encoding': 'identity' }))).isCoded).to.equal(false);
    expect(await open(({ last }) => part({ first: 5, last }))).to.have.nested.property(
      'failure.reason',
      'http-protocol',
    );
    const failure = { reason: 'timeout', message: 'late' } as const;
    expect(await open(() => ({ ok: false, failure }))).to.deep.equal({ failure, httpStatus: null });
  });

  it('tells why a later part was not to be had', async () => {
    const failure = { reason: 'reset', message: 'gone' } as const;
    const file = await opened((range, count) => (count === 1 ? part(range) : { ok: false, failure }));
    expect(await file.load(300_000, 300_010)).to.deep.equal({ kind: 'failed', failure });
    const liar = await opened((range, count) => (count === 1 ? part(range) : whole()));
    expect(await liar.load(300_000, 300_010)).to.have.nested.property('failure.reason', 'http-protocol');
  });
});
