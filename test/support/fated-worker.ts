import cluster from 'node:cluster';
import { obeyPrimary, settingsFromPrimary, tellPrimary } from '../../src/worker.ts';

// A worker that ends as its environment says. FATES has a word for each worker in the order of birth: `stillborn` ends
// before it listens, `young` when it does; who has no word lives until it is closed.

const fate = process.env['FATES']!.split(' ')[cluster.worker!.id - Number(process.env['FIRST_ID'])];
if (fate === 'stillborn') process.exit(3);
let isDraining = false;
let { settings } = await settingsFromPrimary();
obeyPrimary(
  {
    metrics: () => Promise.resolve(isDraining ? 'draining' : 'serving'),
    // which settings it goes by
    hosts: () => Promise.resolve({ PORT: settings.PORT }),
    reload: (loaded) => {
      settings = loaded.settings;
    },
    warm: () => ({ count: 0, refused: [] }),
    connections: () => 0,
    shedConnections: () => {},
    drain: () => {
      isDraining = true;
    },
    close: () => process.exit(0),
  },
  () => {},
);
await tellPrimary({ ready: true });
if (fate === 'young') process.exit(4);
