import { creatives } from './creatives.ts';
import { deviceUse } from './device-use.ts';
import { errorUrlList } from './documents.ts';
import { drawDocuments } from './drawn-documents.ts';
import { explainCode } from '../../debug/explain-code.ts';
import { countFindings, findingsList } from './findings.ts';
import { count } from '../../debug/figures.ts';
import { html, type Html } from './html.ts';
import { nextSteps } from './next-steps.ts';
import { contents, page, section } from './page.ts';
import type { UnwrapResult } from '../../unwrap/result.ts';
import type { DebugRun } from '../../debug/run.ts';
import { shownResult } from './shown-result.ts';
import { trackerMatrix } from './trackers.ts';
import { verdictBox } from './verdict-box.ts';
import type { View } from './view.ts';
import { waterfall } from './waterfall.ts';

/** All that is known of one unwrap, in the order in which a person asks. */
export function resultPage(run: DebugRun, view: View, drawn = drawDocuments(run, view)): string {
  const { request } = run;
  const result = shownResult(run.result, view.redact);
  const { projection } = result;
  const { profile } = request.options;
  const documents = drawn.shown;
  const trackers = result.merged?.trackers() ?? [];
  return page({
    title: `${result.status}: what became of the tag`,
    place: 'debug',
    body: html`${verdictBox(run, documents, view.isOwn)} ${run.undone.map((each) => html`<p class="note">${each}</p>`)}
    ${contents(placesOf(result, trackers.length))} ${section('waterfall', 'Waterfall', waterfall(run, view.redact))}
    ${section('findings', 'Findings', findingsList(result.findings, documents.place), result.findings.length === 0 ? null : countFindings(result.findings))}
    ${section('creatives', 'Creatives', creatives(result, `/debug/r/${run.id}`), 'Nothing here is loaded by itself and no tracker fires. “Show it” lets your browser load that one file; a link asks its server only when you follow it.')}
    ${section('trackers', 'Trackers', trackerMatrix(trackers, result.hops, documents), 'How many URLs each hop wants called for each event. None of them was called.')}
    ${projection && profile && section('device', 'On the device', deviceUse(projection, profile, result.hops), 'What a device of the chosen kind can use, as far as is known: what a file does not say is no reason against it.')}
    ${section('documents', 'Documents', drawn.hops, 'What came at each hop.')}
    ${section('result', 'Merged result', drawn.merged)} ${section('errors', 'Errors told', errors(result))}
    ${nextSteps(run, view)}`,
  });
}

/** Where to look, and how much there is of it. */
function placesOf({ findings, hops, projection }: UnwrapResult, trackers: number): Parameters<typeof contents>[0] {
  return [
    ['verdict', 'Verdict'],
    ['waterfall', `Waterfall: ${count(hops.length, 'hop')}`],
    ['findings', `Findings: ${findings.length || 'none'}`],
    ['creatives', 'Creatives'],
    ['trackers', `Trackers: ${trackers}`],
    ...(projection ? [['device', 'On the device'] as const] : []),
    ['documents', 'Documents'],
    ['result', 'Merged result'],
    ['errors', 'Errors told'],
    ['next', 'Repeat, share'],
  ];
}

function errors(result: UnwrapResult): Html {
  const { vastError, errorUrls } = result;
  return html`${vastError !== null && html`<p>VAST error <strong>${vastError}</strong>: ${explainCode(vastError)}</p>`}
    ${errorUrlList(errorUrls)}
    <p class="note">The debug page does not fire them.</p>`;
}
