import { apiFrameworkNumber, isSimid, isVpaid } from '../../../openrtb/api-framework.ts';
import { type Element, children, descendants } from '../../../vast/element.ts';
import { ERROR_CODES } from '../../../vast/error-code.ts';
import { defineRules } from '../../define-rules.ts';

const MOST_DATA = 16_384;

const frameworkOf = ({ attributes }: Element): string => attributes.get('apiFramework')?.trim() ?? '';

/** Can the interactive part be run, and does the ad stand without it? */
export const INTERACTIVE_MARKUP_RULES = defineRules({ looksAt: 'element', elements: ['InteractiveCreativeFile'] }, [
  {
    id: 'interactive/no-media-file',
    elements: ['MediaFiles'],
    signs: ['odd'],
    severity: 'error',
    vastError: ERROR_CODES.mediaNotSupported,
    title: 'An interactive ad has no film to stand on',
    why: 'Players that cannot run the interactive part have nothing to show.',
    fix: 'Add a MediaFile that is plain video or audio.',
    spec: 'VAST 4.3, 3.9.1',
    check: ({ element }) => {
      const isInteractive = children(element, 'InteractiveCreativeFile').length > 0;
      const files = children(element, 'MediaFile');
      return isInteractive && files.length > 0 && files.every((each) => isVpaid(frameworkOf(each)))
        ? 'there is no plain MediaFile'
        : null;
    },
  },
  {
    id: 'interactive/vpaid-only',
    elements: ['MediaFiles'],
    signs: ['odd'],
    severity: 'warning',
    vastError: ERROR_CODES.vpaid,
    title: 'Every MediaFile is VPAID',
    why: 'Apps, televisions and ad stitching have nothing to show.',
    fix: 'Add a MediaFile that is plain video or audio.',
    spec: 'VAST 4.3, 1.8',
    coveredBy: ['interactive/no-media-file', 'interactive/vpaid-not-accepted', 'openrtb/api-vpaid'],
    check: ({ element }) => {
      const files = children(element, 'MediaFile');
      return files.length > 0 && files.every((each) => isVpaid(frameworkOf(each)))
        ? 'there is no plain MediaFile'
        : null;
    },
  },
  {
    id: 'interactive/api-framework-missing',
    severity: 'warning',
    title: 'An interactive file does not name its API',
    why: 'A player does not know how to run it.',
    fix: 'Add apiFramework="SIMID".',
    spec: 'VAST 4.3, 3.9.3',
    check: ({ element }) => (frameworkOf(element) === '' ? 'InteractiveCreativeFile has no apiFramework' : null),
  },
  {
    id: 'interactive/api-framework-unknown',
    signs: ['@apiFramework'],
    severity: 'warning',
    vastError: ERROR_CODES.interactive,
    title: 'An interactive file names an API that is not known',
    why: 'Players pass over it.',
    fix: 'Use SIMID.',
    spec: 'VAST 4.3, 3.9.3',
    check: ({ element }) =>
      frameworkOf(element) !== '' && apiFrameworkNumber(frameworkOf(element)) === null
        ? `apiFramework is "${frameworkOf(element)}"`
        : null,
  },
  {
    id: 'interactive/type-missing',
    severity: 'warning',
    title: 'An interactive file does not say of which type it is',
    why: 'A player does not know how to load it.',
    fix: 'Add type="text/html".',
    spec: 'VAST 4.3, 3.9.3',
    check: ({ element }) => (element.attributes.has('type') ? null : 'InteractiveCreativeFile has no type'),
  },
  {
    id: 'interactive/simid-type',
    signs: ['@apiFramework'],
    severity: 'warning',
    vastError: ERROR_CODES.interactive,
    title: 'A SIMID file is not HTML',
    why: 'Players load it into a frame; a script alone shows nothing.',
    fix: 'Serve an HTML page and write type="text/html".',
    spec: 'SIMID 1.2, 3',
    check: ({ element }) => {
      const type = element.attributes.get('type');
      return isSimid(frameworkOf(element)) && type !== undefined && !/^text\/html\b/i.test(type)
        ? `type is ${type}`
        : null;
    },
  },
  {
    id: 'interactive/simid-in-media-file',
    elements: ['MediaFile'],
    signs: ['@apiFramework'],
    severity: 'warning',
    title: 'A SIMID file stands in a MediaFile',
    why: 'Players try to play it as video.',
    fix: 'Move it into InteractiveCreativeFile.',
    spec: 'VAST 4.3, 3.9.3',
    check: ({ element }) => (isSimid(frameworkOf(element)) ? 'MediaFile is SIMID' : null),
  },
  {
    id: 'interactive/vpaid-type',
    elements: ['MediaFile'],
    signs: ['@apiFramework'],
    severity: 'warning',
    vastError: ERROR_CODES.vpaid,
    title: 'A VPAID file has the type of a film',
    why: 'Players choose by the type and try to play the script as video.',
    fix: 'Write type="application/javascript".',
    spec: 'VAST 4.3, 1.8',
    check: ({ element }) => {
      const type = element.attributes.get('type') ?? '';
      return isVpaid(frameworkOf(element)) && /^(video|audio)\//i.test(type) ? `type is ${type}` : null;
    },
  },
  {
    id: 'interactive/start-missing',
    elements: ['Linear'],
    signs: ['odd'],
    severity: 'info',
    title: 'The start of the interactive part is not tracked',
    why: 'Nobody learns how often it was run.',
    fix: 'Track interactiveStart.',
    spec: 'VAST 4.3, 3.14.1',
    check: ({ element, document }) =>
      document.version >= '4.2' &&
      descendants(element, 'MediaFiles', 'InteractiveCreativeFile').some((each) => isSimid(frameworkOf(each))) &&
      !descendants(element, 'TrackingEvents', 'Tracking').some(
        ({ attributes }) => attributes.get('event') === 'interactiveStart',
      )
        ? 'interactiveStart is not tracked'
        : null,
  },
  {
    id: 'interactive/data-large',
    severity: 'info',
    title: 'An interactive file stands in the document and is large',
    why: 'Every hop carries it, also where nobody runs it.',
    fix: 'Serve it and write its URL.',
    spec: 'VAST 4.3, 3.9.3',
    check: ({ element: { text } }) =>
      /^data:/i.test(text) && text.length > MOST_DATA ? `the data has ${text.length} characters` : null,
  },
  {
    id: 'interactive/data-version',
    severity: 'info',
    title: 'An interactive file stands in a document before 4.3',
    why: 'Players before 4.3 take it for a URL that they cannot load.',
    fix: 'Raise VAST@version to 4.3, or serve the file and write its URL.',
    spec: 'VAST 4.3, 3.9.3',
    // in an extension the CTV Addendum 2024 allows it in every version
    check: ({ element, document, parent }) =>
      /^data:/i.test(element.text) && document.version < '4.3' && parent?.element.name === 'MediaFiles'
        ? 'the file is a data: URL'
        : null,
  },
]);
