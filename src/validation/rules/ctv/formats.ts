import { nonLinearsOf } from '../../../vast/ad-media.ts';
import { creativesOf } from '../../../vast/creative.ts';
import { type Element, child, children } from '../../../vast/element.ts';
import { isImageType } from '../../../vast/media-type.ts';
import { creativeOfPortfolio, isPortfolio } from '../../../vast/portfolio.ts';
import { remembered } from '../../../vast/remembered.ts';
import { defineRules } from '../../define-rules.ts';
import { GUIDANCE } from './signals.ts';

const RESOURCES: ReadonlySet<string> = new Set(['StaticResource', 'IFrameResource', 'HTMLResource']);

const typesOf = (mediaFiles: Element): readonly string[] =>
  children(mediaFiles, 'MediaFile').flatMap(({ attributes }) => attributes.get('type') ?? []);

const hasResource = ({ children }: Element): boolean => children.some(({ name }) => RESOURCES.has(name));

const hasOverlayResource = remembered((body) => nonLinearsOf(body).some(hasResource));

const creativeCount = remembered((body) => creativesOf(body).length);

/** Do the ad formats of television hold what they need? */
export const CTV_FORMATS_RULES = defineRules({ looksAt: 'element', severity: 'warning' }, [
  {
    id: 'ctv/creative-id',
    elements: ['Extension'],
    signs: ['odd'],
    title: 'The extension of the CTV Ad Portfolio does not say which Creative it is about',
    why: 'Its media and signals are applied to whichever Creative a player takes.',
    fix: 'Write the id of the Creative into CreativeId.',
    spec: 'IAB CTV Ad Portfolio for VAST 2.0',
    check: ({ element, parent }) => {
      if (!isPortfolio(element)) return null;
      const body = parent!.parent!.element;
      const id = child(element, 'CreativeId')?.text ?? '';
      const count = creativeCount(body);
      if (id === '') return count > 1 ? `there are ${count} Creatives and no CreativeId` : null;
      return count === 0 || creativeOfPortfolio(element, body) !== null
        ? null
        : `CreativeId is "${id.slice(0, 40)}", which no Creative has`;
    },
  },
  {
    id: 'ctv/duration-missing',
    elements: ['NonLinear', 'Extension'],
    signs: ['odd'],
    title: 'A film that is laid over the content has no Duration',
    why: 'Quartiles and view durations cannot be tracked.',
    fix: 'Add Duration; only a still image may be without.',
    spec: GUIDANCE,
    check: ({ element, body }) => {
      const isOurs = body === 'InLine' && (element.name === 'NonLinear' || isPortfolio(element));
      if (!isOurs || child(element, 'Duration') !== undefined) return null;
      const types = children(element, 'MediaFiles').flatMap(typesOf);
      return types.some((type) => !isImageType(type)) ? `the media is ${[...new Set(types)].join(', ')}` : null;
    },
  },
  {
    id: 'ctv/interactive-alone',
    elements: ['NonLinear', 'Extension'],
    signs: ['odd'],
    title: 'What is laid over the content is interactive alone',
    why: 'Televisions that do not run SIMID, which are most, have nothing to show.',
    fix: 'Add a MediaFile, or a StaticResource, to fall back on.',
    spec: GUIDANCE,
    check: ({ element, parent }) => {
      const files = children(element, 'MediaFiles').flatMap((each) => each.children);
      if (!files.some(({ name }) => name === 'InteractiveCreativeFile')) return null;
      const isBacked =
        element.name === 'NonLinear' ? hasResource(element) : hasOverlayResource(parent!.parent!.element);
      return isBacked || files.some(({ name }) => name === 'MediaFile') ? null : 'there is no other file';
    },
  },
  {
    id: 'ctv/image-in-linear',
    elements: ['MediaFiles'],
    signs: ['odd'],
    title: 'A Linear is a still image',
    why: 'Players of a stream play films; an image is meant for a pause, a screensaver or an overlay.',
    fix: 'Put it into a NonLinear, or send a film.',
    spec: GUIDANCE,
    check: ({ element, parent }) => {
      const types = parent?.element.name === 'Linear' ? typesOf(element) : [];
      return types.length > 0 && types.every(isImageType) ? `the media is ${[...new Set(types)].join(', ')}` : null;
    },
  },
]);
