import { unknownVariables } from '../configuration/unknown-variables.ts'
import type { Finding } from './folder-findings.ts'

/** Variables that look like settings and are none. */
export function environmentFindings(environment: NodeJS.ProcessEnv): readonly Finding[] {
  return unknownVariables(environment).map((told) => ({ check: 'environment', level: 'note', ...told }))
}
