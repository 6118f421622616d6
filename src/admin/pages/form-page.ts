import type { DebugForm } from './debug-form.ts';
import { field, viewerFields } from './form-fields.ts';
import { html } from './html.ts';
import { page } from './page.ts';
import { SAMPLE_TAGS } from './sample-tags.ts';

export type FormPage = {
  readonly form: DebugForm;
  /** What was wrong with it, in sentences. */
  readonly problems: readonly string[];
  readonly maxTmaxMs: number;
};

/** Where a tag is pasted. */
export function formPage({ form, problems, maxTmaxMs }: FormPage): string {
  return page({
    title: 'Unwrap a tag',
    place: 'debug',
    body: html`<h1>What is wrong with this tag?</h1>
<p class="lead">Paste a VAST tag URL, a document, or an OpenRTB bid, alone or as <code>{ request, response }</code>. It is unwrapped just as in an auction, and you see each hop.</p>
${
  problems.length > 0 &&
  html`<div class="problem" role="alert">
    <h2>This could not be run</h2>
    <ul>
      ${problems.map((each) => html`<li>${each}</li>`)}
    </ul>
  </div>`
}
<form method="post" action="/debug" class="ask">
${field('tag', 'Tag', html`<textarea id="tag" name="tag" rows="7" required spellcheck="false" autocomplete="off" aria-describedby="tag-note">${form.tag}</textarea>`, 'Escaped for HTML, JSON or a URL is fine: it is undone, and you are told.')}
<p><button class="primary">Unwrap</button></p>
<details${isChanged(form) && html` open`}><summary>Viewer, consent, auction and limits</summary>
${viewerFields(form, maxTmaxMs)}
</details>
</form>
<section aria-labelledby="samples"><h2 id="samples">Or try one of these</h2>
<p class="note">None of them asks another host, but the last two, which try to.</p>
<form method="post" action="/debug" class="samples">${SAMPLE_TAGS.map(({ id, name }) => html`<button name="sample" value="${id}">${name}</button>`)}</form>
</section>`,
  });
}

function isChanged({ bid, ua, ip, consent, imp, gdpr, preset, onTimeout }: DebugForm): boolean {
  return [bid, ua, ip, consent, imp, gdpr].some((each) => each !== '') || preset !== 'none' || onTimeout !== 'none';
}
