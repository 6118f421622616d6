import { createStageProfile } from '../stages/stage-profile.ts';
import type { StartContender } from './contender.ts';

// A process of its own for one contender: tells where it listens, then its CPU time whenever it is asked, or what each
// stage took of it while a profile ran.

const [name, tag] = process.argv.slice(2);
const { startContender } = (await import(`./contenders/${name}.ts`)) as { startContender: StartContender };
const { urlFor } = await startContender();
const profile = createStageProfile();
const ANSWERS: Readonly<Record<string, () => unknown>> = {
  cpu: () => process.cpuUsage(),
  'profile start': profile.start,
  'profile stop': profile.stop,
};
process.on('message', (question: string) => {
  void Promise.resolve(ANSWERS[question]!()).then((answer) => process.send!(answer ?? null));
});
process.on('disconnect', () => process.exit());
process.send!(urlFor(tag!));
