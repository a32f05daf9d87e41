import { type AuthnCredential, METHOD_IDS, type MethodId } from '@driftlock/contracts'

const KNOWN: ReadonlySet<string> = new Set(Object.values(METHOD_IDS))

/** Another spelling of the same method (authentication-manager §9.2). */
const OTHER_SPELLINGS: Readonly<Record<string, MethodId>> = { SECURID_NEW_PIN: METHOD_IDS.newPin }

export interface GivenAnswer {
  readonly method: MethodId
  /** As the client spelt it, for the answer. */
  readonly methodId: string
  readonly value: string
}

/** The credential that answers one of the methods asked for; the first of them counts. */
export function readCredential(
  credentials: readonly AuthnCredential[],
  asked: readonly MethodId[],
): GivenAnswer | undefined {
  for (const { methodId, collectedInputs } of credentials) {
    const method = methodOf(methodId)
    if (method === undefined || !asked.includes(method)) continue
    const input = collectedInputs.find(({ name }) => name === methodId) ?? collectedInputs[0]
    return { method, methodId, value: input?.value ?? '' }
  }
  return undefined
}

function methodOf(methodId: string): MethodId | undefined {
  const other = OTHER_SPELLINGS[methodId]
  if (other !== undefined) return other
  return KNOWN.has(methodId) ? (methodId as MethodId) : undefined // one of KNOWN
}
