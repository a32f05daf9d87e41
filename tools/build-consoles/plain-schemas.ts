import type { Plugin } from 'vite'

const configuration = '(_a.__zod_globalConfig = {})'

/**
 * Lets zod check without compiling: the pages' policy forbids making code from text, and every try is reported. Done in the
 * build, because schemas ask once, when they are made, which may be before any module of ours runs.
 */
export function plainSchemas(): Plugin {
  return {
    name: 'driftlock-plain-schemas',
    transform(code, id) {
      if (!id.endsWith('/zod/v4/core/core.js')) return undefined
      if (!code.includes(configuration)) this.error('zod keeps its configuration elsewhere now: see plain-schemas.ts')
      return { code: code.replace(configuration, '(_a.__zod_globalConfig = { jitless: true })'), map: null }
    },
  }
}
