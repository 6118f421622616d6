#!/usr/bin/env node
import './exit-on-old-node.ts';

// Only now: on an old Node what comes here does not even load.
const { runService } = await import('./run-service.ts');
await runService(process.argv.slice(2));
