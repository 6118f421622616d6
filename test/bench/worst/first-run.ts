import { worstChains } from '../../fuzz/worst-chains.ts';
import { timeSteps } from './steps.ts';

// Times the steps of the chain that is named, in a process that has run nothing before.

const [, , name] = process.argv;
for (const chain of worstChains()) {
  if (chain.name !== name) continue;
  console.log(JSON.stringify(timeSteps(chain)));
  break;
}
