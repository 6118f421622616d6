import type { DebugForm } from '../../debug/debug-form.ts';
import { urlsListedIn } from '../../debug/not-a-tag.ts';
import { area, field, missingNote, playerField, viewerFields } from './form-fields.ts';
import { html, type Html } from './html.ts';
import { page } from './page.ts';
import { SAMPLE_TAGS } from './sample-tags.ts';

export type FormPage = {
  readonly form: DebugForm;
  /** The form as it is shown at first: what differs from it is not folded. */
  readonly empty: DebugForm;
  /** What was wrong with it, in sentences. */
  readonly problems: readonly string[];
  /** What is to be known of what was filled in, in sentences. */
  readonly notes?: readonly string[];
  /** Is what is folded at first shown at once? */
  readonly isOpen?: boolean;
  readonly maxTmaxMs: number;
};

/** Where a tag is pasted. */
export function formPage({ form, empty, problems, notes = [], isOpen = false, maxTmaxMs }: FormPage): string {
  const { tag: _tag, preset: _preset, ...more } = form;
  const isChanged = Object.entries(more).some(([name, value]) => value !== empty[name as keyof DebugForm]);
  return page({
    title: 'Unwrap a tag',
    place: 'debug',
    body: html`<h1>What is wrong with this tag?</h1>
<p class="lead">Paste a VAST or VMAP tag URL, a document, or an OpenRTB bid, alone or as <code>{ request, response }</code>. It is unwrapped just as in an auction, and you see each hop.</p>
${problems.length > 0 && problemBox(problems, form.tag)}${notes.map((each) => html`<p class="note">${each}</p>`)}
${missingNote(form)}<form method="post" action="/debug" class="ask">
${field('tag', 'Tag', area('tag', form.tag, html`rows="7" required`), 'Escaped for HTML, JSON or a URL is fine: it is undone, and you are told.')}
<div class="go"><button class="primary">Unwrap</button>${playerField(form)}</div>
<details${(isOpen || isChanged || form.preset === 'own') && html` open`}><summary>Viewer, consent, limits and more</summary>
${viewerFields(form, maxTmaxMs)}
</details>
</form>
<section aria-labelledby="samples"><h2 id="samples">Or try one of these</h2>
<p class="note">None of them asks another host, but the last two, which try to.</p>
<form method="post" action="/debug" class="samples">${SAMPLE_TAGS.map(({ id, name }) => html`<button name="sample" value="${id}">${name}</button>`)}</form>
</section>`,
  });
}

/** What was wrong; of a list of URLs with the way to check all of them. */
function problemBox(problems: readonly string[], tag: string): Html {
  const urls = urlsListedIn(tag);
  return html`<div class="problem" role="alert">
    <h2>This could not be run</h2>
    ${
      problems.length === 1
        ? html`<p>${problems[0]}</p>`
        : html`<ul>
            ${problems.map((each) => html`<li>${each}</li>`)}
          </ul>`
    }
    ${
      urls.length > 0 &&
      html`<form method="post" action="/batch">
        <input type="hidden" name="tags" value="${urls.join('\n')}" /><button>Check them as a batch</button>
      </form>`
    }
  </div>`;
}
