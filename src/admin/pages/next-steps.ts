import { curlOf } from '../../debug/curl.ts';
import { formatMs } from '../../debug/figures.ts';
import { REDACTIONS } from '../../debug/redactions.ts';
import type { DebugRun } from '../../debug/run.ts';
import { factRows, html, type Html } from './html.ts';
import { section } from './page.ts';
import { rotationForm } from './rotation.ts';
import type { View } from './view.ts';

/** What can be done with a result: run it again as it is or changed, pass it on, hold it against another. */
export function nextSteps(run: DebugRun, view: View): Html {
  const { id, before, result } = run;
  const hasDocument = (result.merged?.adm ?? result.adm) !== null;
  return section(
    'next',
    'Repeat, share, compare',
    html`<div class="actions">
        <form method="post" action="/debug">
          <input type="hidden" name="again" value="${id}" /><button>Run again</button>
        </form>
        <form method="post" action="/debug">
          <input type="hidden" name="again" value="${id}" /><button name="fresh" value="on">
            Run again, past the cache
          </button>
        </form>
        <a class="button" href="/debug?edit=${id}">Edit and run again</a>
        <a class="button" href="/debug">Another tag</a>
        ${before !== null && html`<a class="button" href="/debug/r/${id}?with=${before}">Compare with the run before</a>`}
      </div>
      <h3>Take it along</h3>
      <div class="actions">
        <a class="button" href="/debug/r/${id}.txt">Text for a ticket</a>
        <a class="button" href="/debug/r/${id}.har">HAR, for the network panel of a browser</a>
        <a class="button" href="/debug/r/${id}.json">JSON</a>
        ${hasDocument && html`<a class="button" href="/debug/r/${id}.xml">Merged document</a>`}
      </div>
      <h3>Share</h3>
      ${sharing(run, view)}
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
      <pre class="command" tabindex="0">${curlOf(run, view.api, view.redact)}</pre>
      ${run.tmaxMs > view.api.maxTmaxMs && html`<p class="note">The API waits ${formatMs(view.api.maxTmaxMs)} at most, this page ${formatMs(run.tmaxMs)}.</p>`}`,
  );
}

/** Who sees what of it. */
function sharing({ id }: DebugRun, { isOwn }: View): Html {
  return html`<p class="note">
      The address of this page can be shared for a day with whoever may see this
      service.${isOwn ? html` You ran it, so you see all values; others do not see those of persons and keys. <a href="/debug/r/${id}?shared">See it as they do</a>.` : ' Values of persons and keys stand as REDACTED: only in the browser that ran it they are shown.'}
    </p>
    <details>
      <summary>What is not shown to others, and why</summary>
      <dl class="facts redactions">${factRows(REDACTIONS.map(({ what, why }) => [what, why]))}</dl>
    </details>`;
}
