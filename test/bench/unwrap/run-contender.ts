import type { StartContender } from './contender.ts';

// A process of its own for one contender: tells where it listens, then its CPU time whenever it is asked.

const [name, tag, sink] = process.argv.slice(2);
process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = sink;

const { startContender } = (await import(`./contenders/${name}.ts`)) as { startContender: StartContender };
const { urlFor } = await startContender();
process.on('message', () => process.send!(process.cpuUsage()));
process.send!(urlFor(tag!));
