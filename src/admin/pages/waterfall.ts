import { FAILURES } from '../../chain/failure.ts';
import type { Exchange, HopReport, Phases } from '../../unwrap/result.ts';
import { formatBytes, formatMs } from '../../debug/figures.ts';
import { html, type Html } from './html.ts';
import type { DebugRun } from '../../debug/run.ts';
import type { Redact } from '../../debug/redact.ts';

/** The phases of a request in the order in which they happen, with the words for them. */
export const PHASES: readonly { readonly phase: keyof Phases; readonly name: string }[] = [
  { phase: 'dns', name: 'DNS' },
  { phase: 'tcp', name: 'connect' },
  { phase: 'tls', name: 'TLS' },
  { phase: 'ttfb', name: 'first byte' },
  { phase: 'download', name: 'body' },
];

/** Which colour is which phase. */
export const phaseLegend: Html = html`${PHASES.map(({ phase, name }) => html`<span><i class="swatch ${phase}"></i>${name}</span>`)}`;

/** Units across a drawing. */
const WIDTH = 1000;
const HEIGHT = 24;

type Scale = (ms: number) => string;

/** A point in time that is drawn, with what it is called. */
type Limit = { readonly ms: number; readonly name: string; readonly kind: 'auction' | 'own' };

/** The hops one below the other against the time that they took, with the deadlines that fall into it as lines. */
export function waterfall({ result, startedAt, auctionMs, tmaxMs }: DebugRun, redact: Redact): Html {
  const { hops, deadline } = result;
  if (hops.length === 0) return html`<p>Nothing was asked for.</p>`;
  const endMs = Math.max(deadline.elapsedMs, ...hops.map((hop) => hop.startedAt - startedAt + hop.ms), 0.5);
  const wholeMs = endMs * 1.04;
  const limits: readonly Limit[] = [
    { ms: auctionMs, name: 'an auction waits', kind: 'auction' },
    { ms: tmaxMs, name: 'this run waited at most', kind: 'own' },
  ];
  const inside = limits.filter(({ ms }) => ms <= wholeMs);
  const scale: Scale = (ms) => ((Math.max(0, ms) / wholeMs) * WIDTH).toFixed(2);
  return html`<div class="waterfall">
    <p class="legend">
      ${phaseLegend}<span><i class="swatch cached"></i>from cache</span>
      ${limits.map(({ ms, name, kind }) => html`<span><i class="swatch limit ${kind}"></i>${name} ${formatMs(ms)}${ms > wholeMs && ', beyond the end'}</span>`)}
    </p>
    <div class="scroll" tabindex="0" role="region" aria-label="Waterfall of the hops">
      <table>
        <thead>
          <tr>
            <th scope="col">Hop</th>
            <th scope="col">Reply</th>
            <th scope="col" class="number">Began</th>
            <th scope="col" class="number">Took</th>
            <th scope="col" class="number">Ended</th>
            <th scope="col" class="bars">0 to ${formatMs(wholeMs)}${axis(inside, wholeMs)}</th>
          </tr>
        </thead>
        <tbody>
          ${hops.map((hop, at) => row(hop, at, startedAt, scale, inside, redact))}
        </tbody>
      </table>
    </div>
    <p class="note">
      In all ${formatMs(deadline.elapsedMs)} of ${formatMs(tmaxMs)}. An auction waits
      ${formatMs(auctionMs)}${auctionMs < deadline.elapsedMs ? ': this took longer.' : '.'}
    </p>
  </div>`;
}

/** The names of the deadlines above their lines, each on a line of its own. */
function axis(limits: readonly Limit[], wholeMs: number): Html | null {
  if (limits.length === 0) return null;
  return html`<svg class="axis" width="100%" height="${limits.length * 15}" aria-hidden="true">
    ${limits.map(({ ms, name, kind }, at) => {
      const share = (ms / wholeMs) * 100;
      return html`<text
        class="${kind}"
        x="${share.toFixed(2)}%"
        y="${at * 15 + 12}"
        text-anchor="${share > 55 ? 'end' : 'start'}"
        >${name} ${formatMs(ms)}</text
      >`;
    })}
  </svg>`;
}

function row(
  hop: HopReport,
  at: number,
  requestStartedAt: number,
  scale: Scale,
  limits: readonly Limit[],
  redact: Redact,
): Html {
  const beganMs = hop.startedAt - requestStartedAt;
  const name = hop.host ?? 'the document that was given';
  return html`<tr class="${hop.error === null ? hop.kind : 'failed'}">
    <th scope="row">
      <a href="#hop-${at}">${at}</a>
      <span class="host">${name}</span
      >${hop.slot !== null && html` <span class="chip">slot ${hop.slot + 1}</span>`}${hop.url !== null && html`<span class="url small">${redact.url(hop.url)}</span>`}
    </th>
    <td>${reply(hop)}</td>
    <td class="number" data-name="began">${formatMs(beganMs)}</td>
    <td class="number" data-name="took">${formatMs(hop.ms)}</td>
    <td class="number" data-name="ended">${formatMs(beganMs + hop.ms)}</td>
    <td class="bars">${bars(hop, requestStartedAt, scale, limits)}<span class="small">${phaseFigures(hop)}</span></td>
  </tr> `;
}

function reply({ error, kind, httpStatus, bytes, version, cache, exchanges }: HopReport): Html {
  const what = error === null ? KINDS[kind] : FAILURES[error].title;
  const facts = [
    httpStatus === null ? null : `HTTP ${httpStatus}`,
    version === null ? null : `VAST ${version}`,
    bytes > 0 ? formatBytes(bytes) : null,
  ].filter((each) => each !== null);
  return html`<span class="kind">${what}</span>
    <span class="small">${facts.join(', ')}</span
    >${cache !== 'miss' && cache !== 'given' && html` <span class="chip">cache: ${cache}</span>`}${exchanges.length > 1 && html` <span class="chip">${exchanges.length - 1} redirect${exchanges.length > 2 && 's'}</span>`}${exchanges.some(({ certificate }) => certificate) && html` <span class="chip">asked with a certificate</span>`}`;
}

const KINDS: Readonly<Record<HopReport['kind'], string>> = {
  wrapper: 'Wrapper',
  inline: 'InLine',
  empty: 'no ad',
  failed: 'failed',
};

function bars(hop: HopReport, requestStartedAt: number, scale: Scale, limits: readonly Limit[]): Html {
  const beganMs = hop.startedAt - requestStartedAt;
  const whole = html`<rect
    class="${hop.exchanges.length === 0 ? 'cached' : 'waiting'}"
    x="${scale(beganMs)}"
    y="6"
    width="${scale(Math.max(hop.ms, 0.2))}"
    height="12"
    rx="2"
  />`;
  const lines = limits.map(
    ({ ms, kind }) => html`<line class="limit ${kind}" x1="${scale(ms)}" x2="${scale(ms)}" y1="0" y2="${HEIGHT}" />`,
  );
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
    ${whole}${hop.exchanges.map((each) => phaseBars(each, requestStartedAt, scale))}${lines}
  </svg>`;
}

/** The phases of one request stand side by side; a redirect begins with a mark. */
function phaseBars(exchange: Exchange, requestStartedAt: number, scale: Scale): Html {
  let at = exchange.startedAt - requestStartedAt;
  const mark = html`<line class="request" x1="${scale(at)}" x2="${scale(at)}" y1="3" y2="21" />`;
  const rects = PHASES.map(({ phase }) => {
    const ms = exchange.phases[phase];
    if (ms === null) return null;
    const rect = html`<rect class="${phase}" x="${scale(at)}" y="6" width="${scale(ms)}" height="12" />`;
    at += ms;
    return rect;
  });
  return html`${rects}${mark}`;
}

function phaseFigures({ exchanges, cache }: HopReport): string {
  if (exchanges.length === 0) return cache === 'given' ? 'given, nothing was sent' : 'nothing was sent';
  return exchanges
    .map(({ phases, reused, ownDelayMs }) => {
      const figures = PHASES.filter(({ phase }) => phases[phase] !== null).map(
        ({ phase, name }) => `${name} ${phases[phase]!.toFixed(1)}`,
      );
      const own = ownDelayMs > 0 ? [`of it our own process was late ${ownDelayMs.toFixed(1)}`] : [];
      return [...(reused ? ['kept connection'] : []), ...figures, ...own].join(' · ') + ' ms';
    })
    .join(' → ');
}
