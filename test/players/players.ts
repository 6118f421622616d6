import { build } from 'esbuild';

// Players that nobody here wrote, each as the script of a page. A page plays the document at its query's `vast` from
// start to end and says so by the title `done`; what it asks for meanwhile is its test's to see.

export type Player = {
  readonly name: string;
  /** The script of the page. */
  readonly script: () => Promise<string>;
  /** Samples of `samples/unwrap` that it can play. */
  readonly chains: readonly string[];
  /** What it loses of a chain by its own fault, and fires from the document. */
  readonly loses: Readonly<Record<string, readonly string[]>>;
};

/**
 * The library has no picture: its tracker is told of everything that can happen while an ad is shown, and knows by itself
 * which URLs that means.
 */
const VAST_CLIENT = `
import { VASTClient, VASTTracker } from '@dailymotion/vast-client';

const client = new VASTClient();
const fireAll = (tracker) => {
  tracker.trackImpression();
  for (const event of Object.keys(tracker.trackingEvents)) tracker.track(event);
};
const showLinear = (ad, creative) => {
  const tracker = new VASTTracker(client, ad, creative);
  fireAll(tracker);
  tracker.trackViewableImpression();
  tracker.trackNotViewableImpression();
  tracker.trackUndeterminedImpression();
  tracker.click('https://landing.example/');
  for (const { vendor } of ad.adVerifications) tracker.verificationNotExecuted(vendor, { REASON: 3 });
  for (const icon of ad.creatives.flatMap((each) => each.icons ?? [])) {
    tracker.trackURLs([icon.iconViewTrackingURLTemplate, ...icon.iconClickTrackingURLTemplates].filter(Boolean));
  }
  tracker.errorWithCode('405');
};
const showVariation = (ad, creative, variation) => {
  const tracker = new VASTTracker(client, ad, creative, variation);
  for (const event of Object.keys(tracker.trackingEvents)) tracker.track(event);
  const clicks = variation.companionClickTrackingURLTemplates ?? variation.nonlinearClickTrackingURLTemplates ?? [];
  tracker.trackURLs(clicks);
};
const { ads } = await client.get(new URL(location.href).searchParams.get('vast'), { resolveAll: true });
// a pod, or the first ad; what wrappers brought stands among the creatives of an ad, without a file
const pod = ads.filter(({ sequence }) => sequence !== null);
for (const ad of pod.length > 0 ? pod : ads.slice(0, 1)) {
  for (const creative of ad.creatives) {
    if (creative.mediaFiles?.length > 0) showLinear(ad, creative);
    for (const variation of creative.variations ?? []) showVariation(ad, creative, variation);
  }
}
document.title = 'done';
`;

/**
 * A player with a picture: it plays the file and fires as that goes on. Its quartiles are whole seconds of the document's
 * Duration, so the page jumps from one to the next: a film of 15 s is seen in less than two.
 */
const FLUID_PLAYER = `
import fluidPlayer from 'fluid-player';

const video = document.querySelector('video');
const next = (event) => new Promise((resolve) => video.addEventListener(event, resolve, { once: true }));
video.addEventListener('loadedmetadata', async () => {
  if (video.currentSrc.startsWith(location.origin)) return;
  await next('timeupdate');
  for (const seconds of [3.2, 7.2, 11.2, 14.2]) {
    video.currentTime = seconds;
    await next('seeked');
    await next('timeupdate');
  }
});
fluidPlayer(video, {
  layoutControls: { autoPlay: true, mute: true, controlBar: { autoHide: false } },
  vastOptions: {
    maxAllowedVastTagRedirects: 5,
    adList: [{ roll: 'preRoll', vastTag: new URL(location.href).searchParams.get('vast') }],
    vastAdvanced: {
      vastVideoEndedCallback: () => { document.title = 'done'; },
      noVastVideoCallback: () => { document.title = 'no ad'; },
    },
  },
});
`;

const PLAYED = ['pod', 'version-2.0', 'five-wrappers', 'two-wrappers'];

export const PLAYERS: readonly Player[] = [
  {
    name: '@dailymotion/vast-client',
    script: () => bundle(VAST_CLIENT),
    chains: [...PLAYED, 'version-3.0', 'version-4.2', 'mixed-versions', 'verification-lifted'],
    // it does not carry the NonLinearClickTracking of a wrapper over to the overlay
    loses: { 'version-4.2': ['https://ssp.example/overlay-click'] },
  },
  {
    // It reads the first TrackingEvents of a document, whosever they are: behind AdVerifications (`two-wrappers`) those of
    // the Linear fire from neither.
    name: 'Fluid Player',
    script: () => bundle(FLUID_PLAYER),
    chains: PLAYED,
    loses: {},
  },
];

/** Modules as one script; what Fluid Player loads on demand, for streams and for 360 degrees, stays away. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'esm',
    outdir: '/',
    external: ['dashjs', 'hls.js', 'panolens'],
    loader: { '.svg': 'dataurl' },
    logLevel: 'silent',
  });
  return outputFiles.find(({ path }) => path.endsWith('.js'))!.text;
}
