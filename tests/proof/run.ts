import { runNamed } from '../run-named.ts'

// A proof may set an exit code of its own; only a run that did not happen is answered here.
const code = await runNamed('proof', import.meta.dirname, process.argv.slice(2))
if (code !== 0) process.exitCode = code
