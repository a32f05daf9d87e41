import { createHash } from 'node:crypto'
import type { ConnectedManager, PublicKeyText } from '@driftlock/application'
import { isSignedBy, readSignedRequest } from '@driftlock/cloud-keys'
import { CLOUD_LIMITS, REQUEST_HEADER, type RequestClaims } from '@driftlock/contracts'
import { addMs, MS_PER_SECOND } from '@driftlock/domain'
import type { FastifyRequest } from 'fastify'
import type { Cloud } from '../instance/open-cloud.ts'
import { CloudRefusal } from '../serve/cloud-refusal.ts'
import { rawBody } from '../serve/json-body.ts'

export function sha256Text(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url')
}

/** The signed header as it came; undefined when there is none, or several. */
export function signedHeader({ headers }: FastifyRequest): string | undefined {
  const value = headers[REQUEST_HEADER]
  return typeof value === 'string' ? value : undefined
}

/**
 * Lets a request in that a connected manager signed, for this very request, just now and once. The order matters: nothing is
 * looked at that is not signed, and only who is signed learns that its clock is off.
 * @throws CloudRefusal naming which of these does not hold.
 */
export async function admitManager(cloud: Cloud, request: FastifyRequest): Promise<ConnectedManager> {
  const { header, keyId, claims } = unverified(request)
  const manager = await cloud.cloud.read.managerByKey(keyId)
  const key = manager && keyOf(manager, { keyId, nowMs: cloud.clock.now() })
  if (manager === undefined || key === undefined || claims.iss !== manager.id) throw new CloudRefusal('UNKNOWN_KEY')
  if (!(await isSignedBy(header, key))) throw new CloudRefusal('SIGNATURE_INVALID')
  if (manager.revokedAt !== null) throw new CloudRefusal('MANAGER_REVOKED')
  requireThisRequest(request, claims)
  requireNow(cloud, claims)
  const { after } = request.query as { after?: unknown } // Fastify parsed it; it is only noted
  const isFeed = request.routeOptions.url?.endsWith('/feed') === true
  await takeOnce(cloud, {
    manager,
    claims,
    marker: isFeed && typeof after === 'string' ? after.slice(0, 81) : undefined,
  })
  return manager
}

/** A registration is signed with the key that it registers: proof that the sender has it. @throws CloudRefusal. */
export async function admitRegistration(cloud: Cloud, request: FastifyRequest, key: PublicKeyText): Promise<void> {
  const { header, keyId, claims } = unverified(request)
  if (keyId !== key.id || claims.iss !== 'registration') throw new CloudRefusal('UNKNOWN_KEY')
  if (!(await isSignedBy(header, key))) throw new CloudRefusal('SIGNATURE_INVALID')
  requireThisRequest(request, claims)
  requireNow(cloud, claims)
}

function unverified(request: FastifyRequest) {
  const header = signedHeader(request)
  if (header === undefined) throw new CloudRefusal('SIGNATURE_MISSING')
  const read = readSignedRequest(header)
  if (read === undefined) throw new CloudRefusal('SIGNATURE_INVALID')
  return { header, ...read }
}

function keyOf(
  manager: ConnectedManager,
  { keyId, nowMs }: { keyId: string; nowMs: number },
): PublicKeyText | undefined {
  const { signingKey, previousKey, previousKeyUntil } = manager
  if (signingKey.id === keyId) return signingKey
  return previousKey?.id === keyId && (previousKeyUntil ?? 0) > nowMs ? previousKey : undefined
}

function requireThisRequest(request: FastifyRequest, claims: RequestClaims): void {
  const same =
    claims.method === request.method &&
    claims.target === request.url &&
    claims.bodySha256 === sha256Text(rawBody(request))
  if (!same) throw new CloudRefusal('REQUEST_MISMATCH')
}

function requireNow(cloud: Cloud, { iat }: RequestClaims): void {
  const skewMs = Math.abs(iat * MS_PER_SECOND - cloud.clock.now())
  if (skewMs > CLOUD_LIMITS.clockSkewSeconds * MS_PER_SECOND) throw new CloudRefusal('CLOCK_SKEW')
}

interface Once {
  readonly manager: ConnectedManager
  readonly claims: RequestClaims
  readonly marker: string | undefined
}

/** Remembered until its `iat` is too old anyway. */
async function takeOnce({ cloud, clock }: Cloud, { manager, claims, marker }: Once): Promise<void> {
  const at = clock.now()
  const isFirst = await cloud.transaction(async (tx) => {
    const claimed = await tx.claimRequest(
      manager.id,
      claims.jti,
      addMs(at, 3 * CLOUD_LIMITS.clockSkewSeconds * MS_PER_SECOND),
    )
    if (claimed) await tx.noteManagerSeen(manager.id, { at, ...(marker !== undefined && { marker }) })
    return claimed
  })
  if (!isFirst) throw new CloudRefusal('REQUEST_REPLAYED')
}
