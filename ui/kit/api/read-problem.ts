import { ApiProblem, type FieldFault } from './api-problem.ts'

/** Reads problem+json (RFC 9457). An answer of another form becomes a problem of its status alone. */
export async function readProblem(response: Response): Promise<ApiProblem> {
  const body = await bodyOf(response)
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  return new ApiProblem({
    status: response.status,
    code: text(body['code']) ?? `HTTP_${response.status}`,
    detail: text(body['detail']),
    requestId: text(body['requestId']) ?? response.headers.get('x-request-id') ?? undefined,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
    facts: isRecord(body['facts']) ? body['facts'] : {},
    faults: faultsOf(body['fields']),
  })
}

async function bodyOf(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json()
    return isRecord(body) ? body : {}
  } catch {
    return {}
  }
}

function faultsOf(value: unknown): FieldFault[] {
  if (!Array.isArray(value)) return []
  return value.filter(isRecord).map((fault) => ({
    path: text(fault['path']) ?? '',
    message: text(fault['message']) ?? '',
  }))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
