import { CloudError } from '@driftlock/application'
import { readAnswer } from './read-answer.ts'

export interface SentRequest {
  readonly method: 'GET' | 'POST'
  /** Path and query. */
  readonly target: string
  readonly body: Uint8Array | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

export interface RawAnswer {
  readonly status: number
  readonly body: Uint8Array
  readonly signature: string | null
}

/** Sends one request and reads its whole answer within the time. No redirect is followed. @throws CloudError. */
export async function send(
  baseUrl: string,
  { method, target, body, headers, timeoutMs }: SentRequest,
  signatureHeader: string,
): Promise<RawAnswer> {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(`${baseUrl}${target}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: Buffer.from(body) }),
      redirect: 'error',
      signal,
    })
    return {
      status: response.status,
      signature: response.headers.get(signatureHeader),
      body: await readAnswer(response),
    }
  } catch (error) {
    if (error instanceof CloudError) throw error
    if (signal.aborted)
      throw new CloudError('CLOUD_TIMEOUT', `The cloud access service did not answer within ${timeoutMs} ms.`, {
        facts: { timeoutMs },
      })
    throw new CloudError(
      'CLOUD_UNREACHABLE',
      `The cloud access service cannot be reached at ${baseUrl} (${causeOf(error)}).`,
      { cause: error },
    )
  }
}

/** What the platform says of a failed connection, without addresses of users. */
function causeOf(error: unknown): string {
  const { cause } = error as { cause?: unknown } // any thrown value; `fetch` gives its cause
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  return code ?? (cause instanceof Error ? cause.message.slice(0, 100) : 'no connection')
}

/**
 * The address as it is kept: an origin. Tokencodes of users go there, so only TLS will do, but on this very machine.
 * @throws CloudError `CLOUD_ADDRESS_INVALID`.
 */
export function cloudOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isHere = url !== undefined && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isHere)
  const isPlain = url !== undefined && url.pathname === '/' && url.search === '' && url.username === ''
  if (url !== undefined && isSafe && isPlain) return url.origin
  throw new CloudError(
    'CLOUD_ADDRESS_INVALID',
    'Write the address of the cloud access service as https://NAME or https://NAME:PORT, without a path. (http only on this machine.)',
  )
}
