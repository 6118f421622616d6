import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { openApi } from '../../src/http/openapi.ts';
import type { Route } from '../../src/http/route.ts';
import { OPERATIONS } from '../../src/http/operations.ts';
import { unwrapReport } from '../../src/http/unwrap-report.ts';
import { unwrapResult } from '../support/unwrap-result.ts';

describe('openApi', () => {
  const rows: readonly Pick<Route, 'method' | 'path' | 'operation'>[] = [
    { method: 'POST', path: '/v1/unwrap', operation: OPERATIONS.unwrap },
    { method: 'GET', path: '/v1/unwrap', operation: OPERATIONS.unwrapUrl },
    { method: 'GET', path: '/ping', operation: OPERATIONS.ping },
  ];
  const document = openApi('1.2.3', rows) as {
    openapi: string;
    paths: Record<string, Record<string, { parameters: { name: string; required: boolean }[]; responses: object }>>;
    components: { schemas: Record<string, object> };
  };
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema({ $id: 'api', ...document });
  const validates = (name: string, value: unknown): boolean =>
    ajv.validate({ $ref: `api#/components/schemas/${name}` }, value);

  it('is OpenAPI 3.1 with the operation of every row at its path', () => {
    expect(document.openapi).to.equal('3.1.0');
    expect(document.paths).to.deep.equal({
      '/v1/unwrap': { post: OPERATIONS.unwrap, get: OPERATIONS.unwrapUrl },
      '/ping': { get: OPERATIONS.ping },
    });
  });

  it('resolves every reference that it makes', () => {
    const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
    for (const [, name] of references) expect(document.components.schemas).to.have.property(name!);
  });

  it('says of requests what the code says', () => {
    expect(validates('UnwrapBody', { url: 'https://ads.example/', tmax: 80, imp: { secure: 1 }, unknown: 1 })).to.equal(
      true,
    );
    expect(validates('UnwrapBody', { url: 1 })).to.equal(false);
    expect(validates('UnwrapBody', { url: 'x', options: { onTimeout: 'wait' } })).to.equal(false);
  });

  it('describes an answer', () => {
    const report = unwrapReport(unwrapResult(), { startedAt: 0, traceId: null, trackers: true });
    expect(validates('UnwrapReport', report)).to.equal(true);
    expect(validates('UnwrapReport', { ...report, status: 'fine' })).to.equal(false);
  });

  it('lists the options of a query, of which GET needs the url', () => {
    const parameters = document.paths['/v1/unwrap']!['get']!.parameters;
    expect(parameters.filter(({ required }) => required).map(({ name }) => name)).to.deep.equal(['url']);
    expect(parameters.map(({ name }) => name)).to.include.members(['tmax', 'onTimeout', 'fireErrors', 'include']);
  });
});
