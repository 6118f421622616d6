import { DEFAULT_PRESET, PRESETS } from '../../debug/debug-form.ts';
import { count } from '../../debug/figures.ts';
import type { DebugRun } from '../../debug/run.ts';
import { sentenceOf } from '../../debug/sentence.ts';
import { verdict, type Verdict } from '../../debug/verdict.ts';
import type { UnwrapResult } from '../../unwrap/result.ts';
import { hasCacheBuster } from '../../vast/placeholders.ts';
import { html, type Html } from './html.ts';
import { placeLink } from './place-link.ts';
import type { ShownDocuments } from './shown-documents.ts';

/** Reasons that are told beside the first one; the others are counted. */
const MAX_REASONS = 4;

/** What an SSP would do and why, what to tell whom, what the ad was held against, and what nobody had filled in. */
export function verdictBox(run: DebugRun, { place }: Pick<ShownDocuments, 'place'>, isOwn: boolean): Html {
  const { result, at } = run;
  const found = verdict(run);
  const { tone, sentence, blame, advice } = found;
  const seen = blame === null ? null : (result.hops[blame]?.message ?? null);
  return html`<div id="verdict" class="verdict ${tone}">
    <p class="small">
      <span class="status">${result.status}</span
      >${result.vastError !== null && html` · VAST error ${result.vastError}`}${result.reason !== null && html` · ${result.reason}`}
      · <time datetime="${at}">${at.slice(0, 19).replace('T', ' ')} UTC</time>
    </p>
    <h1>${sentence}</h1>
    ${advice !== null && html`<p>Tell <strong>${advice.whom}</strong>: ${advice.tell}${blame !== null && html` ${placeOf(result, blame, place)}`}</p>`}
    ${seen !== null && html`<p class="small">Seen there: ${sentenceOf(seen)}</p>`} ${otherReasons(found)}
    ${unfilledMacros(found, run, isOwn)} ${playerBar(run)}
  </div>`;
}

/** A link to the hop, and to the line of its first error where that is known. */
function placeOf({ findings }: UnwrapResult, hop: number, place: ShownDocuments['place']): Html {
  const { line = null, path = null } = findings.find((each) => each.hop === hop && each.severity === 'error') ?? {};
  return placeLink(place({ hop, line, path }), 'See ');
}

function otherReasons({ others }: Verdict): Html | null {
  if (others.length === 0) return null;
  return html`<p>And <a href="#findings">${count(others.length, 'more reason')}</a> against it:</p>
    <ul class="reasons">
      ${others.slice(0, MAX_REASONS).map(({ sentence }) => html`<li>${sentence}</li>`)}${others.length > MAX_REASONS && html`<li>and ${others.length - MAX_REASONS} more</li>`}
    </ul>`;
}

/** What is still to be filled in, with fields that run the tag again: for the one who ran it, since a value may name a host. */
function unfilledMacros({ unfilled }: Verdict, { id, at }: DebugRun, isOwn: boolean): Html | null {
  if (unfilled.length === 0) return null;
  const sentence = html`<p>
    The tag was sent with ${unfilled.map((each, index) => html`${index > 0 && ', '}<code>${each}</code>`)} as
    ${unfilled.length === 1 ? 'it stands' : 'they stand'}: nobody had filled ${unfilled.length === 1 ? 'it' : 'them'}.
    That may be why the answer is what it is.
  </p>`;
  if (!isOwn) return sentence;
  return html`<form method="post" action="/debug" class="fill">
    ${sentence}
    <input type="hidden" name="again" value="${id}" />
    <div class="grid">
      ${unfilled.map(
        (each, index) =>
          html`<div class="field">
            <label for="macro-${index}"><code>${each}</code></label
            ><input
              id="macro-${index}"
              name="macro:${each}"
              value="${hasCacheBuster(each) ? String(Date.parse(at)) : ''}"
              autocomplete="off"
              spellcheck="false"
            />
          </div>`,
      )}
    </div>
    <button>Fill in and run again</button>
  </form>`;
}

/** What can be chosen by a button: the rest needs to be filled in. */
const PLAYERS = ['instream', 'ctv', 'audio', 'none'] as const;

/** What the ad was held against, and a button for each other player. */
function playerBar({ id, form, player }: DebugRun): Html {
  const held = player === PRESETS[DEFAULT_PRESET]!.player ? 'instream' : form.preset;
  return html`<form method="post" action="/debug" class="player">
    <input type="hidden" name="again" value="${id}" />
    <span>Held against <strong>${player ?? 'no player'}</strong>. Run it again for:</span>
    ${PLAYERS.filter((preset) => preset !== held).map((preset) => html`<button name="preset" value="${preset}">${PRESETS[preset]!.name}</button>`)}
  </form>`;
}
