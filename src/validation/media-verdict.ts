/** What a look at a media file found: its MediaFile element is held against it. Null is what could not be found out. */
export type MediaVerdict = {
  /** The URL that was asked: the text of the MediaFile. */
  readonly url: string;
  /**
   * `late` did not answer in time, `unreachable` gave no usable reply, `unreadable` is no media that is known; `unknown`
   * is what we could not look at ourselves: it says nothing of the file.
   */
  readonly outcome: 'read' | 'late' | 'unreachable' | 'unreadable' | 'unknown';
  /** What was wrong, for people. */
  readonly message: string | null;
  readonly httpStatus: number | null;
  /** The Content-Type header, without parameters. */
  readonly contentType: string | null;
  /** The type that the bytes are of, such as `video/mp4`. */
  readonly type: string | null;
  /** Bytes of the whole file. */
  readonly size: number | null;
  /** SHA-256 of its first bytes, 64 KiB or all there are, in hex. */
  readonly contentHash: string | null;
  /** Does the server answer range requests? */
  readonly ranges: boolean | null;
  /** Does the index of the file (`moov` of an MP4) stand before the media, so that it can start before it is loaded? */
  readonly fastStart: boolean | null;
  readonly durationSec: number | null;
  /** Pixels, as they are shown. */
  readonly width: number | null;
  readonly height: number | null;
  /** kbps, on average */
  readonly bitrate: number | null;
  readonly frameRate: number | null;
  /** As in RFC 6381, such as `avc1.64001f`. */
  readonly videoCodec: string | null;
  readonly audioCodec: string | null;
  readonly hasVideo: boolean | null;
  readonly hasAudio: boolean | null;
  /** For an HLS or DASH manifest: its renditions; null for a file. */
  readonly renditions: readonly Rendition[] | null;
};

/** One rendition of a manifest. */
export type Rendition = {
  readonly width: number | null;
  readonly height: number | null;
  /** kbps */
  readonly bitrate: number | null;
  readonly codecs: string | null;
};
