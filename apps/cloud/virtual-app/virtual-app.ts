import { appCalls, problem } from '@driftlock/contracts'
import { type CodeSource, codeSource, stepAt, type UnixMs } from '@driftlock/domain'
import { z } from 'zod'

const virtualAppSchema = z.object({
  service: z.url({ protocol: /^https?$/ }),
  serial: z.string(),
  algorithm: z.enum(['sha1', 'sha256', 'sha512']),
  digits: z.int(),
  intervalSeconds: z.int(),
  seed: z.string(),
})

/** What an authenticator app keeps on its device. Holds the seed in base64url: its file is for the owner alone. */
export type VirtualApp = z.infer<typeof virtualAppSchema>

/** @throws an error that names the wrong field, for a text that is no kept app. */
export function readVirtualApp(text: string): VirtualApp {
  return virtualAppSchema.parse(JSON.parse(text))
}

/** The service did not do what the app asked; `code` is the problem's. */
export class AppRefusedError extends Error {
  readonly code: string

  constructor(code: string, detail: string) {
    super(detail)
    this.name = 'AppRefusedError'
    this.code = code
  }
}

export interface AppRegistrationRequest {
  /** Address of the service, as the registration QR has it. */
  readonly service: string
  readonly code: string
  readonly publicName: string
  /** The device's clock; it may be off. */
  readonly now: () => UnixMs
}

const PATIENCE_MS = 30_000

/** Registers an app as a phone would: spends the code, keeps the seed, proves it with a tokencode. @throws AppRefusedError. */
export async function registerVirtualApp(request: AppRegistrationRequest): Promise<VirtualApp> {
  const { service, code, publicName, now } = request
  const { beginRegistration, proveRegistration } = appCalls
  const begun = beginRegistration.response.parse(
    await post(service, beginRegistration.path, { registrationCode: code, publicName }),
  )
  const { registrationId, serial, algorithm, digits, intervalSeconds, seed } = begun
  const app: VirtualApp = { service, serial, algorithm, digits, intervalSeconds, seed }
  const path = proveRegistration.path.replace('{registrationId}', encodeURIComponent(registrationId))
  await post(service, path, { tokencode: appTokencode(app, now()) })
  return app
}

/** What the app shows when its device's clock says `at`. */
export function appTokencode(app: VirtualApp, at: UnixMs): string {
  return sourceOf(app).code(stepAt(recordOf(app), at))
}

function sourceOf(app: VirtualApp): CodeSource {
  return codeSource(recordOf(app), new Uint8Array(Buffer.from(app.seed, 'base64url')))
}

function recordOf({ serial, algorithm, digits, intervalSeconds }: VirtualApp) {
  return { kind: 'totp', serial, algorithm, digits, intervalSeconds, t0Seconds: 0 } as const
}

async function post(service: string, path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(new URL(path, service), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(PATIENCE_MS),
    redirect: 'error',
  }).catch(() => {
    throw new AppRefusedError('SERVICE_UNREACHABLE', `${service} does not answer. Check the address, then try again.`)
  })
  const content: unknown = await answer.json().catch(() => undefined)
  if (answer.ok) return content
  const told = problem.safeParse(content)
  throw new AppRefusedError(
    told.success ? told.data.code : 'UNAVAILABLE',
    told.success ? told.data.detail : `The service answered ${answer.status}.`,
  )
}
