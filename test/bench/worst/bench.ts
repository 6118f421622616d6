import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { worstChains } from '../../fuzz/worst-chains.ts';
import { median } from '../median.ts';
import { printTable } from '../print-table.ts';
import { STEPS, timeSteps, type Step } from './steps.ts';

// How long the worst documents within the limits hold the loop, step by step.

const ROUNDS = 7;
const LISTED = 5;
const FIRST_RUN = join(import.meta.dirname, 'first-run.ts');

/** Prints ms of CPU of the chains that take longest, for each step: warm, and as the first work of a fresh process. */
export function benchWorst(): Promise<unknown> {
  const chains = [...worstChains()];
  const timed = chains.map((chain) => ({ chain, rounds: Array.from({ length: ROUNDS }, () => timeSteps(chain)) }));
  const rows = STEPS.flatMap((step) =>
    timed
      .map(({ chain, rounds }) =>
        rowOf(
          chain.name,
          step,
          rounds.map((round) => round[step]),
        ),
      )
      .sort((a, b) => b.least - a.least)
      .slice(0, LISTED)
      .map((row) => ({ ...row, first: firstRun(row.chain)[step].toFixed(0) })),
  );
  printTable('ms of CPU in one go: warm, and in a fresh process', rows);
  return Promise.resolve(rows);
}

function rowOf(
  chain: string,
  step: Step,
  ms: readonly number[],
): { step: Step; chain: string; least: number; middle: number } {
  return { step, chain, least: +Math.min(...ms).toFixed(1), middle: +median(ms).toFixed(1) };
}

function firstRun(name: string): Readonly<Record<Step, number>> {
  return JSON.parse(execFileSync(process.execPath, [FIRST_RUN, name], { encoding: 'utf8' })) as Record<Step, number>;
}
