import { creatives } from './creatives.ts';
import { curlOf } from '../../debug/curl.ts';
import { errorUrlList, hopDocuments, mergedDocument } from './documents.ts';
import { explainCode } from '../../debug/explain-code.ts';
import { countFindings, findingsList } from './findings.ts';
import { count } from '../../debug/figures.ts';
import { html, type Html } from './html.ts';
import { page, section } from './page.ts';
import type { UnwrapResult } from '../../unwrap/result.ts';
import type { DebugRun } from '../../debug/run.ts';
import { rotationForm } from './rotation.ts';
import { trackerMatrix } from './trackers.ts';
import { verdictBox } from './verdict-box.ts';
import { waterfall } from './waterfall.ts';

/** All that is known of one unwrap, in the order in which a person asks. */
export function resultPage(run: DebugRun): string {
  const { result } = run;
  const trackers = result.merged?.trackers() ?? [];
  return page({
    title: `${result.status}: what became of the tag`,
    place: 'debug',
    body: html`${verdictBox(run)} ${run.undone.map((each) => html`<p class="note">${each}</p>`)}
    ${contents(result, trackers.length)} ${section('waterfall', 'Waterfall', waterfall(run))}
    ${section('findings', 'Findings', findingsList(result.findings), result.findings.length === 0 ? null : countFindings(result.findings))}
    ${section('creatives', 'Creatives', creatives(result, `/debug/r/${run.id}`), 'Nothing here is loaded by itself and no tracker fires. “Show it” lets your browser load that one file; a link asks its server only when you follow it.')}
    ${section('trackers', 'Trackers', trackerMatrix(trackers, result.hops), 'How many URLs each hop wants called for each event. None of them was called.')}
    ${section('documents', 'Documents', hopDocuments(result.hops), 'What came at each hop, as it came.')}
    ${section('result', 'Merged result', mergedDocument(result))} ${section('errors', 'Errors told', errors(run))}
    ${actions(run)}`,
  });
}

/** Where to look, and how much there is of it. */
function contents({ findings, hops }: UnwrapResult, trackers: number): Html {
  const places: readonly (readonly [string, string])[] = [
    ['waterfall', `Waterfall: ${count(hops.length, 'hop')}`],
    ['findings', findings.length === 0 ? 'Findings: none' : `Findings: ${countFindings(findings)}`],
    ['creatives', 'Creatives'],
    ['trackers', `Trackers: ${trackers}`],
    ['documents', 'Documents'],
    ['result', 'Merged result'],
    ['errors', 'Errors told'],
  ];
  return html`<nav class="contents" aria-label="On this page">
    ${places.map(([id, name]) => html`<a href="#${id}">${name}</a>`)}
  </nav>`;
}

function errors({ result }: DebugRun): Html {
  const { vastError, errorUrls } = result;
  return html`${vastError !== null && html`<p>VAST error <strong>${vastError}</strong>: ${explainCode(vastError)}</p>`}
    ${errorUrlList(errorUrls)}
    <p class="note">The debug page does not fire them.</p>`;
}

function actions(run: DebugRun): Html {
  const { id, before } = run;
  const again = html`<form method="post" action="/debug">
    <input type="hidden" name="again" value="${id}" /><button>Run again</button>
  </form>`;
  return section(
    'next',
    'Share, repeat, compare',
    html`<div class="actions">
        ${again}
        <a class="button" href="/debug">Another tag</a>
        <a class="button" href="/debug/r/${id}.json">JSON</a>
        ${before !== null && html`<a class="button" href="/debug/r/${id}?with=${before}">Compare with the run before</a>`}
      </div>
      <p class="note">
        The address of this page can be shared for a day with whoever may see this service. Values of queries, the IP
        address and consent are not shown on it.
      </p>
      <form method="get" action="/debug/r/${id}" class="bar">
        <label for="with">Compare with another result</label
        ><input
          id="with"
          name="with"
          required
          placeholder="its address"
          autocomplete="off"
          spellcheck="false"
        /><button>Compare</button>
      </form>
      ${rotationForm(id)}
      <h3>The same as a call</h3>
      <pre class="command" tabindex="0">${curlOf(run)}</pre>`,
  );
}
