import { buildConsoles } from './build-consoles.ts'

await buildConsoles(process.argv.includes('--if-missing'))
