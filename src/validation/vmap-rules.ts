import { descendantsNamed, localName, type AdBreak, type Vmap } from '../vast/vmap.ts';
import type { Element } from '../vast/element.ts';
import { createLocate } from '../vast/location.ts';
import { parseOffset } from '../vast/time.ts';
import { shorten, type Finding, type Severity } from './finding.ts';

const NAMESPACES: readonly string[] = ['http://www.iab.net/videosuite/vmap', 'http://www.iab.net/vmap-1.0'];
const BREAK_TYPES: readonly string[] = ['linear', 'nonlinear', 'display'];
const EVENTS: readonly string[] = ['breakStart', 'breakEnd', 'error'];
const TEMPLATES = /^(?:vast[1-4]?|proprietary)$/;

type VmapProblem = { readonly element: Element; readonly message: string };

/** A rule about a VMAP document as a whole: what a list of ad breaks must have, whatever its ads are. */
export type VmapRule = {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly fix: string;
  readonly spec: string;
  readonly check: (vmap: Vmap) => readonly VmapProblem[];
};

/** A check of each break that finds one thing at most. */
const ofBreaks =
  (check: (adBreak: AdBreak) => string | null): VmapRule['check'] =>
  ({ breaks }) =>
    breaks.flatMap((adBreak) => {
      const message = check(adBreak);
      return message === null ? [] : [{ element: adBreak.element, message }];
    });

/** A check of all elements of a name. */
const ofElements =
  (name: string, check: (element: Element) => string | null): VmapRule['check'] =>
  ({ breaks }) =>
    breaks
      .flatMap(({ element }) => descendantsNamed(element, name))
      .flatMap((element) => {
        const message = check(element);
        return message === null ? [] : [{ element, message }];
      });

const isOffset = (written: string): boolean =>
  /^(?:start|end|#[1-9]\d*)$/.test(written) || parseOffset(written) !== null;

/** Is the list of breaks one that a player can go by? */
export const VMAP_RULES: readonly VmapRule[] = [
  {
    id: 'vmap/namespace',
    severity: 'warning',
    title: 'The root is not in the namespace of VMAP',
    fix: `Write xmlns:vmap="${NAMESPACES[0]}" and the prefix vmap.`,
    spec: 'VMAP 1.0.1, 2.2.1',
    check: ({ root }) => {
      const prefix = root.name.includes(':') ? `xmlns:${root.name.split(':')[0]}` : 'xmlns';
      const namespace = root.attributes.get(prefix);
      if (namespace !== undefined && NAMESPACES.includes(namespace)) return [];
      return [
        { element: root, message: namespace === undefined ? `${prefix} is not declared` : `it is "${namespace}"` },
      ];
    },
  },
  {
    id: 'vmap/version',
    severity: 'warning',
    title: 'The version of VMAP is missing or unknown',
    fix: 'Write version="1.0".',
    spec: 'VMAP 1.0.1, 2.2.1',
    check: ({ root, version }) =>
      version !== null && /^\s*1(?:\.0){0,2}(?:\.1)?\s*$/.test(version)
        ? []
        : [{ element: root, message: version === null ? 'VMAP has no version' : `version is "${version}"` }],
  },
  {
    id: 'vmap/no-breaks',
    severity: 'warning',
    title: 'The document lists no ad break',
    fix: 'List at least one AdBreak, or send no VMAP.',
    spec: 'VMAP 1.0.1, 2.2.1',
    check: ({ root, breaks }) => (breaks.length > 0 ? [] : [{ element: root, message: 'there is no AdBreak' }]),
  },
  {
    id: 'vmap/time-offset',
    severity: 'error',
    title: 'The timeOffset of a break is missing, or is none',
    fix: 'Write HH:MM:SS, HH:MM:SS.mmm, n%, start, end or #n.',
    spec: 'VMAP 1.0.1, 2.2.2',
    check: ofBreaks(({ timeOffset }) => {
      if (timeOffset === null) return 'AdBreak has no timeOffset, so nobody knows when it is';
      return isOffset(timeOffset) ? null : `timeOffset is "${timeOffset}"`;
    }),
  },
  {
    id: 'vmap/break-type',
    severity: 'warning',
    title: 'The breakType of a break is missing or unknown',
    fix: 'Write linear, nonlinear or display, several of them with a comma between.',
    spec: 'VMAP 1.0.1, 2.2.2',
    check: ofBreaks(({ breakType }) => {
      if (breakType === null) return 'AdBreak has no breakType';
      const words = breakType.split(',').map((word) => word.trim());
      return words.every((word) => BREAK_TYPES.includes(word)) ? null : `breakType is "${breakType}"`;
    }),
  },
  {
    id: 'vmap/break-repeated',
    severity: 'warning',
    title: 'Two breaks have the same breakId',
    fix: 'Give each break an id of its own.',
    spec: 'VMAP 1.0.1, 2.2.2',
    check: ({ breaks }) => {
      const seen = new Set<string>();
      return breaks.flatMap(({ breakId, element }) => {
        if (breakId === null || !seen.has(breakId)) return (seen.add(breakId ?? ''), []);
        return [{ element, message: `the breakId "${breakId}" was given to a break before` }];
      });
    },
  },
  {
    id: 'vmap/ad-source-empty',
    severity: 'error',
    title: 'An AdSource has no ad',
    fix: 'Put AdTagURI, VASTAdData or CustomAdData into it; a break that is only tracked has no AdSource.',
    spec: 'VMAP 1.0.1, 2.2.3',
    check: ofBreaks(({ source }) =>
      source?.kind === 'none' ? 'AdSource has no AdTagURI, VASTAdData or CustomAdData' : null,
    ),
  },
  {
    id: 'vmap/ad-source-several',
    severity: 'warning',
    title: 'A break has more than one ad source, or a source more than one ad',
    fix: 'Leave one of them.',
    spec: 'VMAP 1.0.1, 2.2.3',
    check: ofBreaks(({ element }) => {
      const sources = descendantsNamed(element, 'AdSource');
      const ads = ['AdTagURI', 'VASTAdData', 'VASTData', 'CustomAdData'].flatMap((name) =>
        descendantsNamed(element, name),
      );
      return sources.length > 1 || ads.length > Math.max(1, sources.length)
        ? `${sources.length} AdSource and ${ads.length} ads in one break`
        : null;
    }),
  },
  {
    id: 'vmap/template-type',
    severity: 'warning',
    title: 'The templateType of an AdTagURI is missing or unknown',
    fix: 'Write vast3 or vast4, the version of VAST that the tag answers with.',
    spec: 'VMAP 1.0.1, 2.2.5',
    check: ofElements('AdTagURI', ({ attributes }) => {
      const written = attributes.get('templateType');
      if (written === undefined) return 'AdTagURI has no templateType';
      return TEMPLATES.test(written.trim().toLowerCase()) ? null : `templateType is "${written}"`;
    }),
  },
  {
    id: 'vmap/tracking-event',
    severity: 'warning',
    title: 'A break is tracked by an event that VMAP does not know',
    fix: 'Write breakStart, breakEnd or error; events of the ad stand in its VAST.',
    spec: 'VMAP 1.0.1, 2.3',
    check: ({ breaks }) =>
      breaks
        .flatMap(({ element }) => element.children.filter((each) => localName(each) === 'TrackingEvents'))
        .flatMap(({ children }) => children)
        .filter(({ attributes }) => !EVENTS.includes(attributes.get('event')?.trim() ?? ''))
        .map((element) => ({ element, message: `event is "${element.attributes.get('event') ?? ''}"` })),
  },
];

/** Holds a VMAP document against its rules, in their order. */
export function validateVmap(vmap: Vmap): readonly Finding[] {
  const locate = createLocate();
  return VMAP_RULES.flatMap(({ id, severity, spec, check }) =>
    check(vmap).map(({ element, message }): Finding => ({
      rule: id,
      severity,
      vastError: null,
      lossReason: null,
      hop: 0,
      ...locate(vmap, element),
      message: shorten(message),
      spec,
    })),
  );
}
