import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import type { Version } from '../../src/vast/document.ts';
import { schemaVersion, type SchemaVersion } from '../../src/vast/schema-table.ts';

/** The schemas of IAB Tech Lab, which stand beside the checkout and are no part of it. */
export const SCHEMAS = resolve(import.meta.dirname, '../../../shared/vast/schema');

const FILES: Readonly<Record<SchemaVersion, string>> = {
  '2.0': 'vast_2.0.1',
  '3.0': 'vast3_draft',
  '4.0': 'vast4',
  '4.1': 'vast_4.1',
  '4.2': 'vast_4.2',
};

/** Skips a test where the schemas are not there; in CI they must be. */
export function needSchemas(test: Mocha.Context): void {
  if (existsSync(SCHEMAS)) return;
  if (process.env['CI'] === 'true') throw new Error(`the IAB schemas are missing: expected in ${SCHEMAS}`);
  test.skip();
}

/** The path of a schema's file of this ending, such as `.xsd`. */
export const schemaFile = (version: SchemaVersion, ending: string): string => join(SCHEMAS, FILES[version] + ending);

const validators = new Map<SchemaVersion, XsdValidator>();

/** What a document breaks of the schema of its version; nothing for a valid one. */
export function schemaErrors(text: string, version: Version): readonly string[] {
  const schema = schemaVersion(version);
  let validator = validators.get(schema);
  if (validator === undefined) {
    using source = XmlDocument.fromBuffer(readFileSync(schemaFile(schema, '.xsd')));
    validator = XsdValidator.fromDoc(source);
    validators.set(schema, validator);
  }
  // A macro is no part of a URI by the letter of xs:anyURI.
  using document = XmlDocument.fromString(text.replaceAll(/(?<!CDATA)\[([A-Z]+)\]/g, '$1'));
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    if (!(error instanceof Error && 'details' in error)) throw error;
    return (error.details as { message: string; line: number }[]).map(
      ({ message, line }) => `${line}: ${message.trim()}`,
    );
  }
}

/** A result without what is written though the schema of its version does not allow it, because players take it. */
export function withoutExceptions(adm: string, version: string): string {
  const keepFirst = (text: string, pattern: RegExp): string => {
    let seen = 0;
    return text.replaceAll(pattern, (match) => (seen++ === 0 ? match : ''));
  };
  // One Error by the schemas of 2.0 and 3.0, one Icon by those of 4.0 and 4.1, though a player takes any number.
  if (version < '4.0') adm = keepFirst(adm, /<Error>.*?<\/Error>/gs);
  if (version === '4.0' || version === '4.1') {
    adm = adm.replaceAll(/<Icons>.*?<\/Icons>/gs, (icons) => keepFirst(icons, /<Icon .*?<\/Icon>/gs));
  }
  // In 3.0 only a Wrapper's companion may have one.
  if (version === '3.0') adm = adm.replaceAll(/<CompanionClickTracking>.*?<\/CompanionClickTracking>/gs, '');
  return adm;
}
