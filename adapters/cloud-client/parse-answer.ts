import { CloudError } from '@driftlock/application'
import { z } from 'zod'

/** What was agreed on, or CloudError `CLOUD_ANSWER_INVALID` naming the field that is not. */
export function parsedAnswer<S extends z.ZodType>(schema: S, body: Uint8Array): z.output<S> {
  const result = schema.safeParse(jsonOf(body))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place =
    issue === undefined || issue.path.length === 0
      ? 'it is no JSON object'
      : `${issue.path.join('.')}: ${issue.message}`
  throw new CloudError('CLOUD_ANSWER_INVALID', `The cloud’s answer is not what was agreed on (${place.slice(0, 200)}).`)
}

const refusal = z.object({ code: z.string().regex(/^[A-Z_]{1,64}$/), detail: z.string().optional() })

/** The refusal of the cloud as an error; what it says is repeated only so far that it cannot flood a log. */
export function refusalOf({ status, body }: { readonly status: number; readonly body: Uint8Array }): CloudError {
  const said = refusal.safeParse(jsonOf(body))
  const code = said.success ? said.data.code : undefined
  const detail = (said.data?.detail ?? '').slice(0, 300).replace(/\p{C}/gu, '?')
  if (code === 'HA_DISABLED') return new CloudError('CLOUD_HA_DISABLED', HA_DISABLED, { facts: { refusal: code } })
  if (code === 'CLOCK_SKEW') return new CloudError('CLOUD_CLOCK_SKEW', CLOCK_SKEW, { facts: { refusal: code } })
  const text = `The cloud access service refused${code === undefined ? ` (HTTP ${status})` : `: ${code}. ${detail}`}`
  return new CloudError('CLOUD_REFUSED', text, { facts: code === undefined ? { status } : { refusal: code } })
}

const HA_DISABLED = 'High availability is switched off for this company at the cloud. Have it switched on there.'
const CLOCK_SKEW = 'The clocks of this deployment and the cloud differ by more than 300 seconds. Set this clock.'

const decoder = new TextDecoder()

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(body))
  } catch {
    return undefined
  }
}
