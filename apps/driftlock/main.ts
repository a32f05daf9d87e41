#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

// Compiled modules are kept beside the installed packages, where only who may install can write; halves the start. What is
// imported in the usual way would be compiled before this line is reached.
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/driftlock', import.meta.url)))

await import('./run-command.ts')
