#!/usr/bin/env node
import './exit-on-old-node.ts';
import { onStopSignal } from './stop-signal.ts';

// who does not listen yet has nothing to finish
onStopSignal(() => process.exit(0));
// Only now: on an old Node what comes here does not even load.
// what is compiled once is read by the next process: a rolling restart starts many
const { enableCompileCache } = await import('node:module');
enableCompileCache();
const { runService } = await import('./run-service.ts');
await runService(process.argv.slice(2));
