import { formatOf, isAudioType } from '../../vast/media-type.ts';
import { html, outsideLink, type Html } from './html.ts';
import { page } from './page.ts';
import { isPrivateHost } from './private-host.ts';
import { stillImages } from './still-images.ts';
import type { DebugRun } from '../../debug/run.ts';
import type { MediaFile } from '../../vast/creative.ts';

/** Names that a Content-Security-Policy takes as one host: a URL may also hold `*`, `;` or `,` there. */
const PLAIN_ORIGIN = /^https?:\/\/[\w.-]+(:\d+)?$/;

/** What a browser shows; scripts are not run. */
const SHOWN_TYPE = /^(video|audio|image)\/|mpegurl$/;

/**
 * The origin that a browser asks for a media file; null where it is not to be shown: it is no picture or sound, its
 * URL is not http(s) or has an odd name in it, or it leads into the network of whoever looks at the page.
 */
export function mediaOrigin({ url, type }: Pick<MediaFile, 'url' | 'type'>): string | null {
  const { origin = '', hostname = '' } = URL.parse(url) ?? {};
  const isShown = SHOWN_TYPE.test(formatOf(type ?? 'video/mp4')) && PLAIN_ORIGIN.test(origin);
  return isShown && !isPrivateHost(hostname) ? origin : null;
}

/** All media files and pictures of a run, in the order in which they are numbered. */
export const mediaFilesOfRun = ({ result }: Pick<DebugRun, 'result'>): readonly MediaFile[] => [
  ...result.ads.flatMap(({ mediaFiles }) => mediaFiles),
  ...stillImages(result),
];

/** One media file of a run, loaded by the browser: its first frame, or the image. Nothing else of the ad is. */
export function mediaPage({ id }: Pick<DebugRun, 'id'>, file: MediaFile): string {
  const { type, width, height, bitrate, codec } = file;
  const declared = [type ?? 'no type', `${width ?? '?'} × ${height ?? '?'}`, bitrate && `${bitrate} kbit/s`, codec];
  return page({
    title: 'A media file',
    place: 'debug',
    body: html`<h1>The media file as a browser shows it</h1>
      <p class="lead">
        Your browser asked its server for it, and says no referrer. No tracker fires.
        ${isPlain(file) && 'It came by plain http: whoever is on the way can see and change it.'}
      </p>
      <div class="card preview">
        ${elementOf(file)}
        <dl class="facts">
          <div>
            <dt>Declared</dt>
            <dd>${declared.filter(Boolean).join(', ')}</dd>
          </div>
          <div>
            <dt>Found by the browser</dt>
            <dd id="found" aria-live="polite">what you see</dd>
          </div>
        </dl>
        <p>${outsideLink(file.url)}</p>
        <p class="note">If it stays empty: the browser cannot play this type, or the server leads to another host.</p>
      </div>
      <p class="after"><a class="button" href="/debug/r/${id}#creatives">Back to the result</a></p>`,
  });
}

/** Is a file asked for without TLS? */
export const isPlain = ({ url }: Pick<MediaFile, 'url'>): boolean => URL.parse(url)?.protocol === 'http:';

function elementOf({ url, type }: MediaFile): Html {
  if (type?.startsWith('image/')) return html`<img src="${url}" alt="the creative" referrerpolicy="no-referrer" />`;
  if (isAudioType(type ?? '')) {
    return html`<audio src="${url}" preload="metadata" controls aria-label="the creative"></audio>`;
  }
  return html`<video src="${url}" preload="metadata" controls playsinline aria-label="the creative"></video>`;
}
