import { defectAt, type VastDefect } from './defect.ts';
import type { Element } from './element.ts';
import { XmlRefusal, XmlReader } from './xml-reader.ts';

/**
 * Reads an XML document into its root element, with everything below it frozen. Anything that is not well-formed, not
 * within the limits or refused as hostile is a defect (VAST error 100). Never throws.
 */
export function parseXml(text: string): { ok: true; root: Element } | { ok: false; defect: VastDefect } {
  try {
    return { ok: true, root: new XmlReader(text).read() };
  } catch (error) {
    if (!(error instanceof XmlRefusal)) throw error;
    return { ok: false, defect: defectAt(text, error.offset, error.message) };
  }
}
