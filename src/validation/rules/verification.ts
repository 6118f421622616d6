import { type Element, children, descendants } from '../../vast/element.ts';
import { ERROR_CODES } from '../../vast/error-code.ts';
import { remembered } from '../../vast/remembered.ts';
import { defineRules } from '../define-rules.ts';
import type { Place } from '../place.ts';

const SCRIPTS: readonly string[] = ['JavaScriptResource', 'ExecutableResource', 'FlashResource'];

const scriptsOf = ({ children }: Element): readonly Element[] => children.filter(({ name }) => SCRIPTS.includes(name));

/** From 4.1 on a Verification is OMID; before, its parts were others. */
const isModern = ({ document, parent }: Place): boolean =>
  document.version >= '4.1' || parent?.parent?.element.name === 'Extension';

/** In a Wrapper before 4.1 a Verification only tracks. */
const isComplete = (place: Place): boolean => isModern(place) || place.body === 'InLine';

/** Is an element the first of its siblings with its key? The keys of siblings are read once. */
function firstBy(keyOf: (element: Element) => string): (place: Place) => boolean {
  const childrenByKey = remembered(({ children }) => Map.groupBy(children, keyOf));
  return ({ element, parent }) => childrenByKey(parent!.element).get(keyOf(element))![0] === element;
}

const vendorOf = ({ attributes }: Element): string => attributes.get('vendor')?.trim() ?? '';

const scriptOf = (element: Element): string => scriptsOf(element)[0]?.text ?? '';

const isFirstOfVendor = firstBy(vendorOf);

const isFirstOfScript = firstBy(scriptOf);

/** Can the vendors who measure the ad be run? */
export const VERIFICATION_RULES = defineRules({ looksAt: 'element', elements: ['Verification'] }, [
  {
    id: 'verification/no-resource',
    signs: ['odd'],
    severity: 'warning',
    vastError: ERROR_CODES.verificationNotExecuted,
    title: 'A Verification has no script',
    why: 'There is nothing to run, so nothing is measured.',
    fix: 'Add JavaScriptResource.',
    spec: 'VAST 4.3, 3.17',
    check: (place) =>
      isComplete(place) && scriptsOf(place.element).length === 0
        ? 'the Verification has no JavaScriptResource or ExecutableResource'
        : null,
  },
  {
    id: 'verification/vendor-missing',
    signs: ['odd'],
    severity: 'warning',
    title: 'A Verification does not name its vendor',
    why: 'Players that run trusted vendors alone do not run it, and OMID wants the name.',
    fix: 'Add vendor, such as company.com-omid.',
    spec: 'VAST 4.3, 3.17',
    check: ({ element }) => (vendorOf(element) === '' ? 'the Verification has no vendor' : null),
  },
  {
    id: 'verification/vendor-format',
    signs: ['odd'],
    severity: 'info',
    title: 'The vendor of a Verification is not written as domain and use',
    why: 'Players compare it with lists of vendors that are written so.',
    fix: 'Write it as company.com-omid.',
    spec: 'VAST 4.3, 3.17',
    check: ({ element }) => {
      const vendor = vendorOf(element);
      return vendor === '' || /^[a-z0-9-]+(\.[a-z0-9-]+)+-[a-z0-9]+$/i.test(vendor) ? null : `vendor is "${vendor}"`;
    },
  },
  {
    id: 'verification/vendor-repeated',
    signs: ['odd'],
    severity: 'warning',
    title: 'The same vendor stands twice',
    why: 'It measures every impression twice.',
    fix: 'Keep one of the two.',
    spec: 'VAST 4.3, 3.16',
    check: (place) => {
      const vendor = vendorOf(place.element);
      return vendor === '' || isFirstOfVendor(place) ? null : `${vendor} stood there before`;
    },
  },
  {
    id: 'verification/script-repeated',
    signs: ['odd'],
    severity: 'warning',
    title: 'The same script is run by two Verifications',
    why: 'It measures every impression twice.',
    fix: 'Keep one of the two.',
    spec: 'VAST 4.3, 3.16',
    coveredBy: ['verification/vendor-repeated'],
    check: (place) =>
      scriptOf(place.element) === '' || isFirstOfScript(place) ? null : 'the script stood there before',
  },
  {
    id: 'verification/not-executed-missing',
    signs: ['odd'],
    severity: 'info',
    title: 'A Verification does not track that it was not run',
    why: 'The vendor cannot tell an ad that was not measured from one that was not shown.',
    fix: 'Track verificationNotExecuted with [REASON].',
    spec: 'VAST 4.3, 3.17.3',
    check: (place) =>
      isModern(place) &&
      !descendants(place.element, 'TrackingEvents', 'Tracking').some(
        ({ attributes }) => attributes.get('event') === 'verificationNotExecuted',
      )
        ? 'verificationNotExecuted is not tracked'
        : null,
  },
  {
    id: 'verification/parameters-missing',
    signs: ['odd'],
    severity: 'info',
    title: 'A Verification has no parameters',
    why: 'Most scripts need to be told what they measure, and measure nothing without.',
    fix: 'Add VerificationParameters as the vendor gave them.',
    spec: 'VAST 4.3, 3.17.5',
    check: (place) =>
      isModern(place) && children(place.element, 'VerificationParameters').every(({ text }) => text === '')
        ? 'the Verification has no VerificationParameters'
        : null,
  },
  {
    id: 'verification/api-framework-missing',
    elements: SCRIPTS,
    signs: ['odd'],
    severity: 'warning',
    title: 'A script does not name its API',
    why: 'A player does not know how to run it.',
    fix: 'Add apiFramework="omid".',
    spec: 'VAST 4.3, 3.17.1',
    check: ({ element }) =>
      (element.attributes.get('apiFramework') ?? '').trim() === '' ? `${element.name} has no apiFramework` : null,
  },
  {
    id: 'verification/api-framework-unknown',
    elements: SCRIPTS,
    signs: ['odd'],
    severity: 'warning',
    title: 'A script of a Verification names another API than OMID',
    why: 'Players run OMID and nothing else for verification.',
    fix: 'Write apiFramework="omid", if the script is one.',
    spec: 'VAST 4.3, 3.17.1',
    check: ({ element }) => {
      const framework = element.attributes.get('apiFramework')?.trim() ?? '';
      return framework === '' || /^omid(-?1)?$/i.test(framework) ? null : `apiFramework is "${framework}"`;
    },
  },
  {
    id: 'verification/browser-optional-missing',
    elements: ['JavaScriptResource'],
    signs: ['odd'],
    severity: 'info',
    title: 'A script does not say whether it needs a browser',
    why: 'Devices without one do not know whether to run it.',
    fix: 'Add browserOptional, true where the script runs without a document.',
    spec: 'VAST 4.3, 3.17.1',
    check: ({ element, schema }) =>
      schema?.attributes?.has('browserOptional') && !element.attributes.has('browserOptional')
        ? 'JavaScriptResource has no browserOptional'
        : null,
  },
  {
    id: 'verification/executable-type-missing',
    elements: ['ExecutableResource'],
    severity: 'warning',
    title: 'An executable does not say of which type it is',
    why: 'A device does not know whether it can run it.',
    fix: 'Add type.',
    spec: 'VAST 4.3, 3.17.2',
    check: ({ element }) => (element.attributes.has('type') ? null : 'ExecutableResource has no type'),
  },
  {
    id: 'verification/script-only-inline',
    elements: ['JavaScriptResource'],
    signs: ['odd'],
    severity: 'warning',
    title: 'A script stands in the document itself',
    why: 'Players load a script from its URL; what is no URL is not run.',
    fix: 'Serve the script and write its URL.',
    spec: 'VAST 4.3, 3.17.1',
    check: ({ element }) =>
      /^(javascript:|function\b|\(function|var |<script)/i.test(element.text) ? 'the element holds code' : null,
  },
  {
    id: 'verification/in-extension',
    elements: ['Extension'],
    signs: ['odd'],
    severity: 'info',
    title: 'Verifications stand in an Extension of a document that has a place for them',
    why: 'From 4.1 on players look into AdVerifications; some run both, so the ad is measured twice.',
    fix: 'Move them into AdVerifications.',
    spec: 'VAST 4.3, 3.16',
    check: ({ element, document }) =>
      document.version >= '4.1' && element.attributes.get('type') === 'AdVerifications'
        ? 'verifications stand in an Extension'
        : null,
  },
]);
