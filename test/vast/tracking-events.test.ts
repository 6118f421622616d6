import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { SCHEMA_VERSIONS } from '../../src/vast/schema-table.ts';
import { EVENTS } from '../../src/vast/tracking-events.ts';
import { needSchemas, schemaFile } from '../support/vast-schema.ts';

describe('EVENTS', () => {
  for (const version of SCHEMA_VERSIONS) {
    it(`are those of the ${version} schema`, function () {
      needSchemas(this);
      const schema = readFileSync(schemaFile(version, '.xsd'), 'utf8');
      const list = /<xs:enumeration value="(?:mute|creativeView)"[\s\S]*?<\/xs:restriction>/.exec(schema)![0];
      const events = [...list.matchAll(/value="(\w+)"/g)].map(([, event]) => event!);
      const ours = [...EVENTS].filter(([, versions]) => versions.includes(version)).map(([event]) => event);
      expect(ours).to.have.members(events);
    });
  }
});
