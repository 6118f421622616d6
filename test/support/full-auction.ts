import type { UnwrapRequest } from '../../src/unwrap/request.ts';

const slot = {
  mimes: ['video/mp4', 'audio/mpeg'],
  minduration: 5,
  maxduration: 60,
  rqddurs: [15, 30],
  poddur: 60,
  maxseq: 3,
  protocols: [2, 3, 5, 6, 7, 8],
  battr: [11, 13, 16, 17],
  minbitrate: 100,
  maxbitrate: 9000,
  delivery: [1, 2, 3],
  api: [1, 2, 7, 8],
  companionad: [{ w: 300, h: 250, format: [{ w: 728, h: 90 }] }],
  companiontype: [1, 2, 3],
  startdelay: 0,
};

/** An auction that says all that it can say, so that every rule has something to look at. */
export const FULL_AUCTION: Partial<UnwrapRequest> = {
  imp: { id: '1', secure: 1, video: { ...slot, w: 1280, h: 720, linearity: 1, skip: 0 }, audio: slot },
  bid: {
    impid: '1',
    dur: 15,
    mtype: 2,
    protocol: 3,
    w: 640,
    h: 360,
    apis: [7],
    cat: ['IAB1'],
    adomain: ['brand.example'],
  },
  blocked: { cat: ['IAB7'], adv: ['other.example'] },
  device: { devicetype: 3, ua: 'tv', ip: '203.0.113.7' },
};
