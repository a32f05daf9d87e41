import { parseArgs } from 'node:util'
import { buildConsoles } from './build-consoles.ts'

const { values } = parseArgs({ options: { 'if-missing': { type: 'boolean' }, only: { type: 'string' } } })

await buildConsoles({
  onlyMissing: values['if-missing'] ?? false,
  ...(values.only !== undefined && { only: values.only }),
})
