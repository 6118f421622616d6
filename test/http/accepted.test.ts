import { expect } from 'chai';
import Koa, { type ParameterizedContext } from 'koa';
import { ServerResponse } from 'node:http';
import { createAcceptedType, createAcceptsGzip, varyBy } from '../../src/http/accepted.ts';

/** The context of a request with such headers, as Koa makes it. */
function contextOf(headers: Readonly<Record<string, string>> = {}): ParameterizedContext {
  const request = { url: '/', method: 'GET', headers } as never;
  return new Koa().createContext(request, new ServerResponse(request));
}

describe('createAcceptedType', () => {
  it('goes by the header, and by the order of the types where that says nothing', () => {
    const typeOf = createAcceptedType(['application/xml', 'application/json']);
    for (const [accept, type] of [
      [undefined, 'application/xml'],
      ['', 'application/xml'],
      ['*/*', 'application/xml'],
      ['application/json', 'application/json'],
      ['application/json, */*;q=0.1', 'application/json'],
      ['application/xml;q=0.1, application/json', 'application/json'],
      ['text/html', 'application/xml'],
      ['/', 'application/xml'],
    ] as const) {
      for (const time of ['first', 'second']) {
        const ctx = contextOf(accept === undefined ? {} : { accept });
        expect(typeOf(ctx), `${accept} the ${time} time`).to.equal(type);
      }
    }
  });
});

describe('createAcceptsGzip', () => {
  it('goes by the header, and says no where there is none', () => {
    const acceptsGzip = createAcceptsGzip();
    for (const [encoding, isAccepted] of [
      [undefined, false],
      ['', false],
      ['gzip', true],
      ['gzip;q=0', false],
      ['br, gzip', true],
      ['identity', false],
      ['identity, gzip;q=0.5', false],
    ] as const) {
      for (const time of ['first', 'second']) {
        const ctx = contextOf(encoding === undefined ? {} : { 'accept-encoding': encoding });
        expect(acceptsGzip(ctx), `${encoding} the ${time} time`).to.equal(isAccepted);
      }
    }
  });
});

describe('varyBy', () => {
  it('names each header once, in their order', () => {
    const ctx = contextOf();
    for (const header of ['Origin', 'Accept', 'Origin', 'Accept-Encoding', 'Accept']) varyBy(ctx, header);
    expect(ctx.response.get('Vary')).to.equal('Origin, Accept, Accept-Encoding');
  });
});
