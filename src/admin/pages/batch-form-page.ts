import type { DebugForm } from '../../debug/debug-form.ts';
import { area, field, missingNote, playerField, viewerFields } from './form-fields.ts';
import { html } from './html.ts';
import { page } from './page.ts';

export type BatchFormPage = {
  /** What is the same for every tag; its `tag` is the list. */
  readonly form: DebugForm;
  readonly problems: readonly string[];
  readonly maxTmaxMs: number;
  readonly maxTags: number;
};

/** Where a list of tags is pasted. */
export function batchFormPage({ form, problems, maxTmaxMs, maxTags }: BatchFormPage): string {
  return page({
    title: 'Check a list of tags',
    place: 'batch',
    body: html`<h1>Which of these tags are wrong?</h1>
      <p class="lead">
        Paste up to ${maxTags} tags, one a line, or choose a CSV file. Each is unwrapped once, a few at a time, with the
        same viewer and imp; the worst come first.
      </p>
      ${
        problems.length > 0 &&
        html`<div class="problem" role="alert">
          <h2>This could not be run</h2>
          <ul>
            ${problems.map((each) => html`<li>${each}</li>`)}
          </ul>
        </div>`
      }
      ${missingNote(form)}
      <form method="post" action="/batch" enctype="multipart/form-data" class="ask">
        ${field('tags', 'Tags', area('tags', form.tag, html`rows="10"`), 'One a line; blank lines and those with # are passed over. A table is fine, too: with its tags below “tag”, “url” or “vast url”.')}
        ${field('file', 'Or a file', html`<input id="file" name="file" type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" aria-describedby="file-note" />`, 'CSV, or one tag a line.')}
        <p><button class="primary">Check them</button></p>
        <p class="note">Every tag is a real ad request, which its ad server counts.</p>
        <details>
          <summary>Viewer, consent, auction and limits: the same for all</summary>
          ${playerField(form)} ${viewerFields(form, maxTmaxMs)}
        </details>
      </form>`,
  });
}
