import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { job } from '../jobs/job.ts'
import { id, text } from '../values.ts'
import { formFactor, passcodeStyle } from './token.ts'

/** The file itself is the body (application/octet-stream), read as it comes in. */
export const importQuery = z.object({
  fileName: text(255),
  format: z
    .enum(['auto', 'sdtid', 'ctf', 'pskc', 'csv', 'otpauth'])
    .default('auto')
    .describe('`auto` goes by the name and the first bytes'),
  securityDomainId: id,
  duplicates: z.enum(['refuse', 'skip', 'replace']).default('refuse'),
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((value) => value === 'true')
    .describe('Read and report everything, import nothing'),
  formFactor: formFactor.default('key-fob').describe('For OATH files, which do not say it'),
  passcodeStyle: passcodeStyle.default('fob').describe('For OATH files, which do not say it'),
  jobId: z.uuid().optional().describe('Made by the caller, to watch the job while the file is still on its way'),
})

/** A record that was refused, by its place in the file (null = the file as a whole); never a secret of it. */
export const importFault = z
  .object({
    code: z.string(),
    record: z.int().nullable(),
    serial: z.string().nullable(),
    field: z.string().nullable(),
    text: z.string(),
  })
  .meta({ id: 'ImportFault' })

/** `result` of an import job when it has ended. `refused`: nothing was stored, for the faults or duplicates listed. */
export const importResult = z
  .object({
    outcome: z.enum(['imported', 'dry-run', 'refused']),
    format: z.string(),
    recordCount: z.int(),
    inserted: z.int(),
    replaced: z.int(),
    skipped: z.int(),
    faultCount: z.int(),
    faults: z.array(importFault).describe('The first hundred'),
    duplicateCount: z.int(),
    duplicates: z
      .array(
        z.object({
          serial: z.string(),
          record: z.int(),
          with: z.enum(['file', 'store']),
          assigned: z.boolean(),
          sameSeed: z.boolean(),
        }),
      )
      .describe('The first hundred'),
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
