import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import type { Route, RecordedRequest } from './ad-server.ts';

const FOLDER = new URL('../../.cache/media/', import.meta.url);

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=25:duration=2'];
const SOUND = ['-f', 'lavfi', '-i', 'sine=frequency=440:duration=2'];
const H264 = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p'];
const AAC = ['-c:a', 'aac'];
const BOTH = [...PICTURE, ...SOUND, ...H264, ...AAC];

/** Two seconds of a test picture, 160 by 90 at 25 frames per second, and a tone, in many wrappings: what ffmpeg is told. */
const FILES = {
  'moov-first.mp4': [...BOTH, '-movflags', '+faststart'],
  'moov-last.mp4': BOTH,
  'fragmented.mp4': [...BOTH, '-movflags', 'frag_keyframe+empty_moov'],
  'silent.mp4': [...PICTURE, ...H264, '-movflags', '+faststart'],
  'clip.mov': BOTH,
  'clip.webm': [...PICTURE, '-c:v', 'libvpx', '-b:v', '100k'],
  'clip.ts': BOTH,
  'tone.m4a': [...SOUND, ...AAC],
  'tone.mp3': SOUND,
  'tone-without-index.mp3': [...SOUND, '-write_xing', '0', '-b:a', '64k'],
  'tone.aac': [...SOUND, ...AAC],
  'quarter-minute.mp4': [
    '-f',
    'lavfi',
    '-i',
    'testsrc=size=160x90:rate=5:duration=15',
    ...H264,
    '-g',
    '5',
    '-movflags',
    '+faststart',
  ],
  'still.png': [...PICTURE, '-frames:v', '1'],
  'still.jpg': [...PICTURE, '-frames:v', '1'],
  'large.mp4': [
    ...['-f', 'lavfi', '-i', 'nullsrc=size=320x180:rate=25:duration=2,geq=random(1)*255:128:128'],
    ...[...SOUND, ...H264, '-crf', '10', ...AAC],
  ],
} as const satisfies Record<string, readonly string[]>;

export type TestFile = keyof typeof FILES;

/** Skips the suite where ffmpeg is not installed; on CI that is a failure. */
export function needFfmpeg(context: Mocha.Context): void {
  context.timeout(60_000);
  if (spawnSync('ffmpeg', ['-version']).status === 0) return;
  const message = 'ffmpeg is not installed: apt-get install ffmpeg';
  if (process.env['CI'] === 'true') throw new Error(message);
  console.log(`      skipped: ${message}`);
  context.skip();
}

/** A test file; made by ffmpeg when it is first asked for, and kept between runs. */
export function mediaFile(name: TestFile): Buffer {
  const path = new URL(name, FOLDER);
  if (!existsSync(path)) {
    mkdirSync(FOLDER, { recursive: true });
    const unfinished = new URL(`${process.pid}-${name}`, FOLDER);
    execFileSync('ffmpeg', ['-loglevel', 'error', '-y', ...FILES[name], unfinished.pathname]);
    renameSync(unfinished, path);
  }
  return readFileSync(path);
}

/** Serves bytes as a content delivery network does: 206 where a range is asked for. */
export function ranged(body: Buffer, contentType = 'video/mp4'): (request: RecordedRequest) => Route {
  return ({ headers }) => {
    const range = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '');
    if (range === null) return { body, headers: { 'content-type': contentType } };
    const [first, last] = [Number(range[1]), Math.min(Number(range[2] || Infinity), body.length - 1)];
    if (first >= body.length) return { status: 416, headers: { 'content-range': `bytes */${body.length}` } };
    const contentRange = `bytes ${first}-${last}/${body.length}`;
    const part = body.subarray(first, last + 1);
    return { status: 206, body: part, headers: { 'content-type': contentType, 'content-range': contentRange } };
  };
}
