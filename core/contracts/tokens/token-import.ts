import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { job } from '../jobs/job.ts'
import { id, text } from '../values.ts'

/** The file itself is the body (application/octet-stream), read as it comes in. */
export const importQuery = z.object({
  fileName: text(255),
  format: z
    .enum(['detect', 'sdtid', 'ctf', 'pskc', 'csv', 'otpauth'])
    .default('detect')
    .describe('`detect` goes by the name and the first bytes'),
  securityDomainId: id,
  duplicates: z.enum(['refuse', 'skip', 'replace']).default('refuse'),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .describe('Read and report everything, import nothing'),
})

/** A record that was refused, by its place in the file; never a secret of it. */
export const importFault = z
  .object({ record: z.int(), serial: z.string().nullable(), field: z.string(), cause: z.string() })
  .meta({ id: 'ImportFault' })

/** `result` of an import job when it has ended. */
export const importResult = z
  .object({
    dryRun: z.boolean(),
    format: z.string(),
    read: z.int(),
    inserted: z.int(),
    replaced: z.int(),
    skipped: z.int(),
    duplicates: z.array(
      z.object({ serial: z.string(), record: z.int(), with: z.enum(['file', 'store']), assigned: z.boolean() }),
    ),
    faults: z.array(importFault),
    moreFaults: z.boolean().describe('Only the first 1,000 are listed'),
  })
  .meta({ id: 'ImportResult' })

export const importEndpoints = {
  importTokens: endpoint({
    method: 'POST',
    path: '/api/v1/token-imports',
    summary: 'Upload a file of tokens; the password goes in the header X-Import-Password (base64 of UTF-8)',
    access: needs('import-tokens'),
    status: 202,
    stream: 'upload',
    query: importQuery,
    response: job,
  }),
} as const

export type ImportResult = z.infer<typeof importResult>
export type ImportFault = z.infer<typeof importFault>
