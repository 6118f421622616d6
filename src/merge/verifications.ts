import { child, children, descendants, type Element } from '../vast/element.ts';
import type { Recipient } from './placement.ts';
import { container, copy, recipientOf, make, type Source, type Target } from './target.ts';
import { isVerificationExtension } from './tracker-list.ts';

/** The verifications that stand in an extension, their home before VAST 4.1, with or without AdVerifications around them. */
export function extensionVerifications(extension: Element): readonly Element[] {
  if (!isVerificationExtension(extension)) return [];
  return [...children(extension, 'Verification'), ...descendants(extension, 'AdVerifications', 'Verification')];
}

/** All verifications of all hops run, whoever the vendor is [VAST 4.3, 2.4.2]. */
export function addVerifications(source: Source, target: Target): void {
  const { verifications, extensions } = source.parts;
  let element: Recipient | undefined;
  let inExtension: Recipient | undefined;
  const into = (isElement: boolean): Recipient =>
    isElement ? (element ??= elementHome(target, source)) : (inExtension ??= extensionHome(target, source));
  for (const each of verifications) {
    // VAST 4.0 has the element too, but in another form.
    const isOfItsForm = target.version >= '4.1' || (target.version === '4.0' && source.document.version === '4.0');
    copy(target, into(isOfItsForm), source, each);
  }
  for (const extension of extensions) {
    for (const each of extensionVerifications(extension)) {
      copy(target, into(target.version >= '4.1'), source, each);
    }
  }
}

function elementHome(target: Target, source: Source): Recipient {
  return container(target, recipientOf(target, target.body), 'AdVerifications', source);
}

function extensionHome(target: Target, source: Source): Recipient {
  const own = target.partsOf(target.body).extensions.find(isVerificationExtension);
  if (own !== undefined) {
    const bare = child(own, 'AdVerifications') === undefined && child(own, 'Verification') !== undefined;
    const recipient = recipientOf(target, own);
    return bare ? recipient : container(target, recipient, 'AdVerifications', source);
  }
  const extensions = container(target, recipientOf(target, target.body), 'Extensions', source);
  const made = extensions.added.find((each) => 'startTag' in each && each.startTag === EXTENSION);
  const extension = (made as Recipient | undefined) ?? make(target, extensions, 'Extension', source, EXTENSION);
  return container(target, extension, 'AdVerifications', source);
}

const EXTENSION = '<Extension type="AdVerifications">';
