import { child, children, descendants, type Element } from './element.ts';
import { isScriptType } from './media-type.ts';
import { readDuration } from './time.ts';
import { urlsOf } from './urls-of.ts';

export type MediaFile = {
  readonly url: string;
  readonly type: string | null;
  readonly delivery: string | null;
  readonly width: number | null;
  readonly height: number | null;
  /** kbps */
  readonly bitrate: number | null;
  readonly codec: string | null;
  readonly apiFramework: string | null;
};

export type UniversalAdId = { readonly idRegistry: string | null; readonly value: string };

/** The Creative elements of an InLine or Wrapper, in document order. */
export function creativesOf(body: Element): readonly Element[] {
  return descendants(body, 'Creatives', 'Creative');
}

/** The Linear elements of an InLine or Wrapper, in document order. */
export function linearsOf(body: Element): readonly Element[] {
  return descendants(body, 'Creatives', 'Creative', 'Linear');
}

/**
 * The Duration of a Linear in seconds; null where it has none that can be read. An interactive unit says 0 where it
 * does not know itself how long it will take.
 */
export function durationOf(linear: Element): number | null {
  const seconds = readDuration(child(linear, 'Duration')?.text ?? '');
  return seconds === 0 && isInteractive(linear) ? null : seconds;
}

/** Is a script among the files of a Linear, VPAID or SIMID, which decides itself what is shown and for how long? */
function isInteractive(linear: Element): boolean {
  return (
    interactiveFileElements(linear).length > 0 ||
    mediaFileElements(linear).some(
      ({ attributes }) =>
        (attributes.get('apiFramework') ?? '').trim() !== '' || isScriptType(attributes.get('type') ?? ''),
    )
  );
}

/** The MediaFile elements of a Linear; mezzanines, closed captions and interactive files apart. */
export function mediaFileElements(linear: Element): readonly Element[] {
  return descendants(linear, 'MediaFiles', 'MediaFile');
}

/** The InteractiveCreativeFile elements of a Linear. */
export function interactiveFileElements(linear: Element): readonly Element[] {
  return descendants(linear, 'MediaFiles', 'InteractiveCreativeFile');
}

/** What a MediaFile element says, or an InteractiveCreativeFile, which says less. */
export function readMediaFile(element: Element): MediaFile {
  const attribute = (name: string): string | null => element.attributes.get(name) ?? null;
  return {
    url: urlsOf(element)[0] ?? '',
    type: attribute('type'),
    delivery: attribute('delivery'),
    width: readNumber(attribute('width')),
    height: readNumber(attribute('height')),
    bitrate: readNumber(attribute('bitrate')),
    codec: attribute('codec'),
    apiFramework: attribute('apiFramework'),
  };
}

/** The UniversalAdIds of a Creative. 4.0 writes the value into the attribute `idValue`, the others into the element. */
export function universalAdIdsOf(creative: Element): readonly UniversalAdId[] {
  return children(creative, 'UniversalAdId').map(readUniversalAdId);
}

export function readUniversalAdId({ attributes, text }: Element): UniversalAdId {
  return {
    idRegistry: attributes.get('idRegistry') ?? null,
    value: text === '' ? (attributes.get('idValue') ?? '') : text,
  };
}

/** The Verification elements of an ad, those in an extension included, which was their home before VAST 4.1. */
export function verificationsOf(body: Element): readonly Element[] {
  const extensions = descendants(body, 'Extensions', 'Extension').filter(
    ({ attributes }) => attributes.get('type') === 'AdVerifications',
  );
  return [body, ...extensions].flatMap((each) => descendants(each, 'AdVerifications', 'Verification'));
}

/** A number as it may be written in a document, 0 or above; null for anything else. */
export function readNumber(text: string | null): number | null {
  return text !== null && /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null;
}
