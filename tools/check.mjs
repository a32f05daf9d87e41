#!/usr/bin/env node
// Entry of `npm run check`. Plain JavaScript, so that an older Node on the machine can start it: it then hands over to
// the Node that the workspace installs, which runs the TypeScript beside it.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('./check/main.ts', import.meta.url))

if (Number(process.versions.node.split('.')[0]) >= 26) {
  await import(main)
} else {
  const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  const { status, error } = spawnSync(node, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
  if (error) console.error(`check: cannot start ${node} (${error.message}); run "npm ci" first`)
  process.exitCode = status ?? 1
}
