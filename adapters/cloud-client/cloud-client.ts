import { type CloudAccess, CloudError, type CloudRegistration, type CloudService } from '@driftlock/application'
import { managerCalls, managerRegistrationCode, REGISTRATION_ISSUER } from '@driftlock/contracts'
import { z } from 'zod'
import { type CloudClientParts, secondsNow } from './client-parts.ts'
import { cloudOrigin } from './cloud-transport.ts'
import { openCloudCalls } from './cloud-calls.ts'
import { keyBytes, newKeyFile, publicPair, readKeys, thumbprintOf } from './manager-keys.ts'
import { parsedAnswer, refusalOf } from './parse-answer.ts'
import { exchange, untrusted } from './signed-exchange.ts'
import { standingOf } from './standing.ts'

/** The cloud access service over HTTP, by the contract of core/contracts/cloud. */
export function cloudClient(parts: CloudClientParts): CloudService {
  return {
    register: (request) => register(parts, request),
    open: (access: CloudAccess) => openCloudCalls(parts, access),
  }
}

type Registration = Parameters<CloudService['register']>[0]

async function register(parts: CloudClientParts, request: Registration): Promise<CloudRegistration> {
  const { registrationCode, deploymentName, timeoutMs } = request
  const baseUrl = cloudOrigin(request.baseUrl)
  const code = managerRegistrationCode.safeParse(registrationCode)
  if (!code.success)
    throw new CloudError(
      'CLOUD_ADDRESS_INVALID',
      'This is no registration code of a manager. Copy it whole: two parts with a point between them.',
    )
  const pinned = code.data.split('.')[1] ?? ''
  const file = await newKeyFile()
  const { signing } = await readKeys(keyBytes(file))
  const body = Buffer.from(JSON.stringify({ registrationCode: code.data, deploymentName, ...publicPair(file) }))
  const { method, path, response } = managerCalls.register
  const answer = await exchange({
    baseUrl,
    method,
    target: path,
    body,
    timeoutMs,
    signing,
    issuer: REGISTRATION_ISSUER,
    nowSeconds: secondsNow(parts),
    nonce: parts.random.bytes(18),
    believed: (kid, content) => pinnedKey({ kid, pinned, content }),
  })
  if (answer.status >= 300) throw refusalOf(answer)
  const standing = parsedAnswer(response, answer.body)
  return { baseUrl, managerId: standing.managerId, standing: standingOf(standing), keys: keyBytes(file) }
}

const keyCarrier = z.object({
  cloudKeys: z
    .array(z.object({ key: z.record(z.string(), z.string()) }))
    .min(1)
    .max(8),
})

interface Pinned {
  readonly kid: string
  readonly pinned: string
  readonly content: Uint8Array
}

/**
 * The cloud's key is in the answer it signs; whether it is the cloud's says the thumbprint that came with the code, by
 * another way. A refusal brings no key, so it is told, but for what it is: not proven to be the cloud's.
 */
async function pinnedKey({ kid, pinned, content }: Pinned): Promise<object | undefined> {
  const text = Buffer.from(content).toString('utf8')
  const carried = keyCarrier.safeParse(jsonOf(text))
  if (!carried.success) {
    const refusal = refusalOf({ status: 0, body: content })
    throw refusal.facts['refusal'] === undefined ? untrusted('it carries no key of the cloud') : refusal
  }
  if (kid !== pinned) throw untrusted('it is signed with another key than the registration code names')
  for (const { key } of carried.data.cloudKeys) if ((await thumbprintOf(key)) === pinned) return key
  return undefined
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
