import type { Policies } from '@driftlock/domain'
import type { PolicySource } from '../authentication/policy-source.ts'
import { policiesInForce, type PolicyGround, policyGround, type PolicyReader } from './policies-in-force.ts'

interface Generation {
  readonly version: number
  readonly ground: PolicyGround
  readonly byDomain: Map<string, Policies>
}

/**
 * Keeps the policies of every security domain in memory, exact by the configuration version: a log-on that saw a newer
 * version makes it read again before anything is decided. Log-ons that arrive together share one reading.
 */
export function cachedPolicies(reader: PolicyReader): PolicySource {
  let current: Generation | undefined
  let reading: Promise<Generation> | undefined

  async function generationFor(configVersion: number): Promise<Generation> {
    while (current === undefined || current.version < configVersion) {
      reading ??= readGeneration(reader).finally(() => {
        reading = undefined
      })
      current = await reading
    }
    return current
  }

  return {
    async policiesAt(configVersion, securityDomainId) {
      const { ground, byDomain } = await generationFor(configVersion)
      const known = byDomain.get(securityDomainId) ?? policiesInForce(ground, securityDomainId)
      byDomain.set(securityDomainId, known)
      return known
    },
  }
}

/** Reads until no change came between: what is kept under a version is exactly what held at it. */
async function readGeneration(reader: PolicyReader): Promise<Generation> {
  for (;;) {
    const version = await reader.configuration.version()
    const ground = await policyGround(reader)
    if ((await reader.configuration.version()) === version) return { version, ground, byDomain: new Map() }
  }
}
