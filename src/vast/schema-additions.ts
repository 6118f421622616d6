import { ATTRIBUTES, CHILDREN, SCHEMA_VERSIONS, wordsOf, type Row } from './schema-table.ts';

/**
 * What guidance has added since the schemas were published, in rows like theirs; `~` is a child without a place in their
 * order. The CTV Ad Portfolio (final in July 2026, its examples are 4.2; the schema of 4.4 is a draft) gives a NonLinear of
 * any 4.x the media of a Linear. The CTV Addendum 2024 puts elements of 4.x into extensions of 2.0 and 3.0: rows of
 * `Extension/…` and `CreativeExtension/…` say how they are written there.
 */
export const ADDED_CHILDREN: Readonly<Record<string, Row>> = {
  NonLinearAds: { '4.0': '~Icons' },
  'Wrapper/NonLinearAds': { '4.0': '~Icons' },
  NonLinear: { '4.0': '~MediaFiles ~Duration ~NonLinearCustomClick*' },
  'Wrapper/NonLinear': { '4.0': '~NonLinearCustomClick*' },
  Creative: { '2.0': '~CreativeExtensions', '4.0': '' },
  CreativeExtensions: { '2.0': 'CreativeExtension*', '3.0': '' },
  CreativeExtension: { '2.0': '...', '3.0': '' },
  'Extension/InteractiveCreativeFile': { '2.0': 'HTMLResource AdParameters' },
  'CreativeExtension/InteractiveCreativeFile': { '2.0': 'HTMLResource AdParameters' },
};

/** The same of attributes. `regs` names the regulation that an icon is for: 0 none, 1 the Digital Services Act. */
export const ADDED_ATTRIBUTES: Readonly<Record<string, Row>> = {
  Extension: { '4.0': 'ext' },
  CreativeExtension: { '2.0': '...', '3.0': '' },
  Icon: { '3.0': 'regs' },
  IFrameResource: { '4.0': 'apiFramework' },
  QrCodePosition: { '2.0': 'xPosition yPosition' },
  QrCodeSize: { '2.0': 'size' },
  NonLinearCustomClick: { '2.0': 'id' },
  'Extension/UniversalAdId': { '2.0': 'idRegistry! creativeId' },
  'Extension/InteractiveCreativeFile': { '2.0': 'type apiFramework variableDuration mediaFileId' },
  'Extension/Mezzanine': {
    '2.0': 'id delivery! type! width! height! codec fileSize mediaType mediaFileId',
  },
};

/** The rows of the schemas with what was added to them. */
export const KNOWN_CHILDREN = joined(CHILDREN, ADDED_CHILDREN);
export const KNOWN_ATTRIBUTES = joined(ATTRIBUTES, ADDED_ATTRIBUTES);

type Table = Readonly<Record<string, Row>>;

function joined(table: Table, added: Table): Table {
  const names = Object.keys({ ...table, ...added });
  return Object.fromEntries(
    names.map((name) => {
      const rows = SCHEMA_VERSIONS.flatMap((version) => {
        const words = [wordsOf(table[name], version), wordsOf(added[name], version)].filter(
          (each) => each !== undefined,
        );
        return words.length === 0 ? [] : [[version, words.flat().join(' ')] as const];
      });
      return [name, Object.fromEntries(rows)];
    }),
  );
}
