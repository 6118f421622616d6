import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import fc from 'fast-check';
import { anyChain, plainChain, type Site, writeSite } from '../support/chains.ts';

// What is mutated: all samples, and chains that are generated the same in every run, so that a seed alone names an input.

const SAMPLES = resolve(import.meta.dirname, '../../samples');
const GENERATED = 150;

function sampleSites(): readonly Site[] {
  const files = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.xml'))
    .sort();
  return [...Map.groupBy(files, dirname).values()].flatMap((folder) => {
    const pages = Object.fromEntries(folder.map((file) => [addressOf(file), readSample(file)]));
    // every document is an entry of its own: only those of an unwrap lead to one another
    return Object.keys(pages).map((entry) => ({ entry, pages }));
  });
}

const addressOf = (file: string): string => `https://ads.example/${file}`;

function readSample(file: string): string {
  const base = `https://ads.example/${dirname(file)}`;
  return readFileSync(join(SAMPLES, file), 'utf8')
    .replaceAll('{{base}}', base)
    .replaceAll('{{host}}', base.slice('https://'.length));
}

/** Chains of documents, each document named by its URL. */
export function readCorpus(): readonly Site[] {
  const generated = [plainChain, anyChain].flatMap((chain) => fc.sample(chain, { seed: 1, numRuns: GENERATED }));
  return [...sampleSites(), ...generated.map((plan) => writeSite(plan))];
}
