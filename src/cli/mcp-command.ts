import { Writable } from 'node:stream';
import { readSettings } from '../config.ts';
import { createEngine } from '../engine.ts';
import { type CliStreams, readArgs, UsageError } from './input.ts';

const OPTIONS = { allow: { type: 'string', multiple: true } } as const;

/**
 * `vast-unwrap mcp`: the engine as tools of the Model Context Protocol, over standard input and output, until that input
 * ends.
 * @throws UsageError or SettingsError for the caller's mistakes
 */
export async function mcpCommand(args: readonly string[], { stdin, stdout }: CliStreams): Promise<number> {
  const { values, positionals } = readArgs(args, OPTIONS);
  if (positionals.length > 0) throw new UsageError(`mcp takes no "${positionals[0]}": tags come by the protocol`);
  const settings = readSettings({ EGRESS_ALLOW: values.allow?.join(',') ?? '', PROBE_DEFAULT: 'off' });
  // nobody else needs the protocol
  const { serveMcp } = await import('../mcp/serve-mcp.ts');
  const engine = createEngine(settings);
  try {
    await serveMcp({ engine, settings }, { stdin, stdout: writableOf(stdout) });
  } finally {
    engine.close();
  }
  return 0;
}

const writableOf = (stdout: CliStreams['stdout']): Writable =>
  new Writable({
    write(chunk, _encoding, done) {
      stdout.write(String(chunk));
      done();
    },
  });
