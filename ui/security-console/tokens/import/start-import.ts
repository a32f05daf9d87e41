import { importEndpoints, type Job } from '@driftlock/contracts'
import { ApiProblem, newIdempotencyKey, pathOf } from '@driftlock/ui-kit'
import { z } from 'zod'

export interface ImportChoices {
  readonly file: File
  readonly format: 'auto' | 'sdtid' | 'ctf' | 'pskc' | 'csv' | 'otpauth'
  readonly securityDomainId: string
  readonly duplicates: 'refuse' | 'skip' | 'replace'
  readonly password: string
}

const refusal = z.object({ code: z.string(), detail: z.string().optional(), requestId: z.string().optional() })

/**
 * Uploads the file as it is; the password travels in a header, base64 of UTF-8, never in the address.
 * @returns the job that reads it. @throws ApiProblem.
 */
export async function startImport(choices: ImportChoices, dryRun: boolean): Promise<Job> {
  const { file, format, securityDomainId, duplicates, password } = choices
  const query = { fileName: file.name, format, securityDomainId, duplicates, dryRun: String(dryRun) }
  const response = await fetch(pathOf(importEndpoints.importTokens.path, { query }), {
    method: 'POST',
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'content-type': 'application/octet-stream',
      'idempotency-key': newIdempotencyKey(),
      ...(password === '' ? {} : { 'x-import-password': inBase64(password) }),
    },
    body: file,
  }).catch((cause: unknown) => {
    throw new ApiProblem({ status: 0, code: 'UNREACHABLE' }, { cause })
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return importEndpoints.importTokens.response.parse(answer)
  const { code, ...rest } = refusal.catch({ code: `HTTP_${response.status}` }).parse(answer)
  throw new ApiProblem({ status: response.status, code, ...rest })
}

function inBase64(text: string): string {
  return btoa(String.fromCodePoint(...new TextEncoder().encode(text)))
}
