import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect } from 'chai';
import { type AdServer, startAdServer } from '../support/ad-server.ts';

const CLI = join(import.meta.dirname, '../../src/cli.ts');

type Answer = { readonly isError?: boolean; readonly content: readonly { readonly text: string }[] };

describe('vast-unwrap mcp, asked by the client of its SDK', function () {
  this.timeout(60_000);
  let ads: AdServer;
  let client: Client;

  before(async () => {
    ads = await startAdServer({
      '/w': '<VAST version="4.2"><Ad><Wrapper><AdSystem>W\u202e\u{e0041}\ufe01\u{e0101}\u3164</AdSystem><Impression>https://w.example/i</Impression><VASTAdTagURI>{{base}}/none?secret=CANARY</VASTAdTagURI></Wrapper></Ad></VAST>',
      '/none': '<VAST version="4.2"/>',
    });
    client = new Client({ name: 'test', version: '1' });
    const args = [CLI, 'mcp', '--allow', '127.0.0.1'];
    await client.connect(new StdioClientTransport({ command: process.execPath, args }));
  });
  after(async () => {
    await client?.close();
    await ads[Symbol.asyncDispose]();
  });

  const call = async (name: string, args: Record<string, unknown>): Promise<Answer> =>
    (await client.callTool({ name, arguments: args })) as unknown as Answer;
  const textOf = ({ content }: Answer): string => content.map(({ text }) => text).join('');

  it('offers four tools, and says which of them ask others', async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name, annotations }) => [name, annotations?.openWorldHint])).to.deep.equal([
      ['unwrap', true],
      ['validate', false],
      ['explain', false],
      ['hosts', false],
    ]);
    expect(tools[0]!.inputSchema).to.have.nested.property('properties.tag');
  });

  it('unwraps, asks each hop once, and shows no value of a query', async () => {
    const answer = await call('unwrap', { tag: `${ads.base}/w?user=CANARY` });
    expect(answer.isError).not.to.equal(true);
    expect(JSON.parse(textOf(answer))).to.deep.include({ status: 'no_ad', vastError: 303 });
    expect(textOf(answer)).not.to.match(/CANARY|\u202e|\u{e0041}|\ufe01|\u{e0101}|\u3164/u);
    expect(ads.paths()).to.deep.equal(['/w?user=CANARY', '/none?secret=CANARY']);
    expect(textOf(await call('hosts', {}))).to.include('127.0.0.1');
  });

  it('asks no private address that it was not allowed', async () => {
    const answer = await call('unwrap', { tag: 'http://169.254.169.254/' });
    expect(JSON.parse(textOf(answer))).to.include({ status: 'blocked' });
  });

  it('explains and validates', async () => {
    expect(JSON.parse(textOf(await call('explain', { word: 'timeout' })))).to.include({ kind: 'failure' });
    expect(JSON.parse(textOf(await call('validate', { document: '<VAST/>' })))).to.have.property('findings');
  });

  it('says what is wrong, and goes on', async () => {
    for (const [name, args] of [
      ['unwrap', {}],
      ['unwrap', { tag: 'https://a.example/', tmax: 'soon' }],
      ['validate', { document: 7 }],
      ['nothing', {}],
    ] as const) {
      expect(await call(name, args).catch(() => ({ isError: true })), name).to.include({ isError: true });
    }
    expect((await call('explain', { word: '100' })).isError).not.to.equal(true);
  });
});
