import { Readable } from 'node:stream';
import { expect } from 'chai';
import { UsageError } from '../../src/cli/input.ts';
import { mcpCommand } from '../../src/cli/mcp-command.ts';

const messages = [
  { id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 't', version: '1' } } },
  { method: 'notifications/initialized' },
  { id: 2, method: 'tools/call', params: { name: 'explain', arguments: { word: '303' } } },
]; // prettier-ignore

describe('vast-unwrap mcp', () => {
  const run = async (input: string, ...args: readonly string[]) => {
    let stdout = '';
    const code = await mcpCommand(args, {
      stdin: Readable.from([Buffer.from(input)]),
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: () => undefined },
    });
    return {
      code,
      answers: stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { readonly id: number }),
    };
  };

  it('answers what was asked, though its input has ended, and ends with it', async () => {
    const { code, answers } = await run(
      messages.map((each) => `${JSON.stringify({ jsonrpc: '2.0', ...each })}\n`).join(''),
    );
    expect(code).to.equal(0);
    expect(answers.map(({ id }) => id)).to.deep.equal([1, 2]);
  });

  it('passes over what is no message', async () => {
    expect(await run('no JSON\n{}\n')).to.deep.include({ code: 0 });
  });

  it('takes nothing beside its options', async () => {
    const thrown: unknown = await run('', 'https://a.example/').catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(UsageError);
  });
});
