import { parseArgs } from 'node:util'
import { buildConsoles } from './build-consoles.ts'

const { values } = parseArgs({ options: { 'if-stale': { type: 'boolean' } } })

await buildConsoles({ onlyStale: values['if-stale'] ?? false })
