import { type Element, child } from '../../../vast/element.ts';
import { hasPortfolioMedia } from '../../../vast/portfolio.ts';
import { defineRules } from '../../define-rules.ts';
import type { Place } from '../../place.ts';

const RESOURCES: ReadonlySet<string> = new Set(['StaticResource', 'IFrameResource', 'HTMLResource']);

const hasResource = ({ children }: Element): boolean => children.some(({ name }) => RESOURCES.has(name));

/** Has a NonLinear media of its own, or an extension that brings it where the version has none? */
const hasMedia = ({ element, schema, parent }: Place): boolean =>
  (child(element, 'MediaFiles') !== undefined && schema?.children?.has('MediaFiles') === true) ||
  hasPortfolioMedia(bodyOf(parent));

/** The InLine that a place is in. */
function bodyOf(place: Place | null): Element {
  let at = place!;
  while (at.element.name !== 'InLine') at = at.parent!;
  return at.element;
}

/** What the words of the specification want, though no schema does. */
export const REQUIRED_PROSE_RULES = defineRules({ looksAt: 'element' }, [
  {
    id: 'required/companion-resource',
    elements: ['Companion'],
    severity: 'warning',
    title: 'A Companion of an InLine has no resource',
    why: 'There is nothing to put into the slot beside the player.',
    fix: 'Add a StaticResource, an IFrameResource or an HTMLResource.',
    spec: 'VAST 4.3, 3.13.1',
    check: ({ element, body }) =>
      body === 'InLine' && !hasResource(element)
        ? 'the Companion has no StaticResource, IFrameResource or HTMLResource'
        : null,
  },
  {
    id: 'required/non-linear-resource',
    elements: ['NonLinear'],
    severity: 'error',
    title: 'A NonLinear of an InLine has no resource',
    why: 'There is nothing to lay over the content.',
    fix: 'Add a StaticResource, an IFrameResource, an HTMLResource or, from 4.0 on, MediaFiles.',
    spec: 'VAST 4.3, 3.12.1',
    check: (place) =>
      place.body === 'InLine' && !hasResource(place.element) && !hasMedia(place)
        ? 'the NonLinear has no StaticResource, IFrameResource, HTMLResource or MediaFiles'
        : null,
  },
  {
    id: 'required/icon-resource',
    elements: ['Icon'],
    severity: 'warning',
    title: 'An Icon has no resource',
    why: 'A notice that the law may ask for is not shown.',
    fix: 'Add a StaticResource, an IFrameResource or an HTMLResource.',
    spec: 'VAST 4.3, 3.11.1',
    check: ({ element }) =>
      hasResource(element) ? null : 'the Icon has no StaticResource, IFrameResource or HTMLResource',
  },
  {
    id: 'required/icon-click-fallback-image-resource',
    elements: ['IconClickFallbackImage'],
    severity: 'warning',
    title: 'An IconClickFallbackImage has no StaticResource',
    why: 'A device without a browser has no image to show when the icon is clicked.',
    fix: 'Add a StaticResource with the URL of the image.',
    spec: 'VAST 4.3, 3.11.6.1',
    check: ({ element }) => (hasResource(element) ? null : 'the IconClickFallbackImage has no StaticResource'),
  },
  {
    id: 'required/icon-click-fallback-image-size',
    elements: ['IconClickFallbackImage'],
    severity: 'warning',
    title: 'An IconClickFallbackImage has no width or height',
    why: 'Players choose the image by the size of the screen.',
    fix: 'Write width and height in pixels.',
    spec: 'VAST 4.3, 3.11.6.1',
    check: ({ element }) =>
      element.attributes.has('width') && element.attributes.has('height')
        ? null
        : 'the IconClickFallbackImage has no width or no height',
  },
  {
    id: 'required/progress-offset',
    elements: ['Tracking'],
    signs: ['odd'],
    severity: 'error',
    title: 'A progress tracker has no offset',
    why: 'A player does not know when to call it, so it never does.',
    fix: 'Add offset as a time or as a percentage.',
    spec: 'VAST 4.3, 3.14.3',
    check: ({ element: { attributes } }) =>
      attributes.get('event') === 'progress' && (attributes.get('offset') ?? '').trim() === ''
        ? 'the progress tracker has no offset'
        : null,
  },
  {
    id: 'required/blocked-ad-categories-authority',
    elements: ['BlockedAdCategories'],
    severity: 'warning',
    title: 'BlockedAdCategories has no authority',
    why: 'Without it nobody knows from which list the blocked categories are.',
    fix: 'Name the organisation whose list it is.',
    spec: 'VAST 4.3, 3.19.2',
    check: ({ element, schema }) =>
      schema !== null && !element.attributes.has('authority') ? 'BlockedAdCategories has no authority' : null,
  },
  {
    id: 'required/click-through',
    elements: ['VideoClicks'],
    signs: ['odd'],
    severity: 'info',
    title: 'VideoClicks of an InLine has no ClickThrough',
    why: 'A click that leads nowhere is tracked, which advertisers take for fraud.',
    fix: 'Add ClickThrough with the page to open.',
    spec: 'VAST 4.3, 3.10.1',
    check: ({ element, body }) =>
      body === 'InLine' && !element.children.some(({ name }) => name === 'ClickThrough')
        ? 'VideoClicks has no ClickThrough'
        : null,
  },
]);
