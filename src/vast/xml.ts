import { defectAt, type VastDefect } from './defect.ts';
import type { Element, TreeSize } from './element.ts';
import { XmlRefusal, XmlReader } from './xml-reader.ts';

/**
 * Reads an XML document into its root element, with everything below it frozen, and how much that is. Anything that is not well-formed, not
 * within the limits or refused as hostile is a defect (VAST error 100). Never throws.
 */
export function parseXml(
  text: string,
): { ok: true; root: Element; size: TreeSize } | { ok: false; defect: VastDefect } {
  try {
    const reader = new XmlReader(text);
    const root = reader.read();
    return { ok: true, root, size: reader.size };
  } catch (error) {
    if (!(error instanceof XmlRefusal)) throw error;
    return { ok: false, defect: defectAt(text, error.offset, error.message) };
  }
}
