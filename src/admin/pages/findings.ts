import type { Finding, Severity } from '../../validation/finding.ts';
import { count } from '../../debug/figures.ts';
import { html, type Html } from './html.ts';
import { placeLink, type PlaceOfHop } from './place-link.ts';
import { ruleFacts } from '../../debug/rule-facts.ts';
import { sentenceOf } from '../../debug/sentence.ts';

const SEVERITIES: readonly { readonly severity: Severity; readonly heading: string; readonly noun: string }[] = [
  { severity: 'error', heading: 'Errors', noun: 'error' },
  { severity: 'warning', heading: 'Warnings', noun: 'warning' },
  { severity: 'info', heading: 'Notes', noun: 'note' },
];

/** Where a place stands in the document as it is shown. */
type ShownPlace = (place: PlaceOfHop) => PlaceOfHop;

const asItIs: ShownPlace = (place) => place;

/** `2 errors, 1 note`, or that there is nothing. */
export function countFindings(findings: readonly Finding[]): string {
  const counts = SEVERITIES.map(({ severity, noun }) => {
    const number = findings.filter((each) => each.severity === severity).length;
    return number === 0 ? null : count(number, noun);
  }).filter((each) => each !== null);
  return counts.length === 0 ? 'no findings' : counts.join(', ');
}

/** What was found, the worst first, each linked to the line that it is about; notes folded beside what is worse. */
export function findingsList(findings: readonly Finding[], place: ShownPlace = asItIs): Html {
  if (findings.length === 0) return html`<p>Nothing was found to be wrong.</p>`;
  return html`${SEVERITIES.map(({ severity, heading, noun }) => {
    const group = findings.filter((each) => each.severity === severity);
    if (group.length === 0) return null;
    const items = findingItems(severity, group, place);
    if (severity !== 'info')
      return html`<h3>${heading}</h3>
        ${items}`;
    return html`<details ${group.length === findings.length && html` open`}>
      <summary>${heading} <span class="small">${count(group.length, noun)}</span></summary>
      ${items}
    </details>`;
  })}`;
}

/** Findings of one severity; what a rule found in several places is told once, with how often. */
function findingItems(severity: Severity, findings: readonly Finding[], place: ShownPlace): Html {
  const byRule = Map.groupBy(findings, ({ rule }) => rule);
  return html`<ul class="findings ${severity}">
    ${[...byRule.values()].map((same) => item(same, place))}
  </ul>`;
}

/** Places that are shown at once; more are folded. */
const MAX_PLACES = 3;

function item(same: readonly Finding[], place: ShownPlace): Html {
  const { rule, vastError, lossReason, message, spec } = same[0]!;
  const notes = [
    rule,
    vastError === null ? null : `VAST error ${vastError}`,
    lossReason === null ? null : `OpenRTB loss reason ${lossReason}`,
    spec,
  ].filter((each) => each !== null);
  const facts = ruleFacts(rule);
  const isOne = same.every((each) => each.message === message);
  const what = isOne || facts === null ? sentenceOf(message) : `${facts.title}.`;
  const places = same.map(
    (each) => html`<p class="small">${placeOf(each, place)}${!isOne && html` · ${each.message}`}</p>`,
  );
  return html`<li>
    <p class="what">${what}${same.length > 1 && html` <span class="chip">${same.length} times</span>`}</p>
    ${facts !== null && html`<p>${facts.why} <b>To do:</b> ${facts.fix}</p>`}
    ${
      places.length <= MAX_PLACES
        ? places
        : html`<details>
            <summary class="small">All ${places.length} places</summary>
            ${places}
          </details>`
    }
    <p class="small">${notes.join(' · ')}</p>
  </li>`;
}

function placeOf({ hop, line, path }: Finding, place: ShownPlace): Html {
  if (hop === null) return html`the whole chain`;
  return html`${placeLink(place({ hop, line, path }))}${path !== null && html` · <code>${path}</code>`}`;
}
