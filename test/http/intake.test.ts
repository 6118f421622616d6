import { expect } from 'chai';
import { Readable } from 'node:stream';
import type { ParameterizedContext } from 'koa';
import { Deadline } from '../../src/deadline.ts';
import { takeIn, type Intake } from '../../src/http/intake.ts';
import { RequestError } from '../../src/http/problem.ts';

async function take(
  method: string,
  type: string,
  body: string | Buffer,
  querystring = '',
  headers: object = {},
): Promise<Intake> {
  const req = Object.assign(Readable.from([Buffer.from(body)]), { headers });
  const get = (name: string): string => (name === 'Content-Type' ? type : '');
  const deadline = Deadline.after(1000);
  try {
    return await takeIn({ req, method, get, querystring, state: {} } as unknown as ParameterizedContext, 100, deadline);
  } finally {
    deadline.cancel();
  }
}

describe('takeIn', () => {
  it('takes JSON, a document with its query, and a query alone', async () => {
    expect(await take('POST', 'application/json; charset=utf-8', '{"a":1}')).to.deep.equal({
      parts: { json: { a: 1 }, warnings: [] },
    });
    const document = await take('POST', 'Text/XML', '<VAST/>', 'tmax=5');
    expect(document).to.have.nested.property('parts.adm', '<VAST/>');
    expect((document as { parts: { query: URLSearchParams } }).parts.query.get('tmax')).to.equal('5');
    expect(await take('GET', '', '', 'url=x')).to.have.property('parts');
  });

  it('keeps what was odd about the bytes', async () => {
    const intake = await take('POST', 'text/xml; charset=utf8mb4', '<VAST/>');
    expect(intake).to.have.nested.property('parts.notes[0].of', 'charset');
  });

  it('keeps what was odd about how they were sent: as a note of a document, as a warning of JSON', async () => {
    const odd = { 'content-encoding': 'UTF-8' };
    const message = 'Content-Encoding says "utf-8"';
    expect(await take('POST', 'text/xml', '<VAST/>', '', odd))
      .to.have.nested.property('parts.notes')
      .that.deep.equals([{ of: 'content-coding', message }]);
    const json = await take('POST', 'application/json', Buffer.from([0x22, 0xff, 0x22]), '', odd);
    expect(json).to.have.nested.property('parts.json', '\ufffd');
    expect(json).to.have.nested.property('parts.warnings').that.has.length(2).and.includes(message);
  });

  it('takes text/plain for what it is', async () => {
    for (const body of ['{"a":1}', ' \r\n\t{"a":1}', '\uFEFF{"a":1}']) {
      expect(await take('POST', 'text/plain', body), body).to.deep.equal({ parts: { json: { a: 1 }, warnings: [] } });
    }
    for (const body of ['<VAST/>', '\uFEFF <VAST/>', 'https://ads.example/vast', '[]', '']) {
      const intake = await take('POST', 'text/plain; charset=UTF-8', body, 'tmax=5');
      expect(intake, body).to.have.nested.property('parts.adm', body);
    }
  });

  it('refuses other types and bodies that are too large', async () => {
    const codeOf = (error: unknown): string => (error instanceof RequestError ? error.code : String(error));
    expect(await take('POST', 'text/html', 'x').catch(codeOf)).to.equal('unsupported-media-type');
    expect(await take('POST', 'text/xml', 'x'.repeat(101)).catch(codeOf)).to.equal('body-too-large');
  });
});
