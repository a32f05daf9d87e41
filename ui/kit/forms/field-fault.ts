import type { z } from 'zod'

/** Why a field's value is not accepted: a key of `forms.faults` and what its words need. */
export interface FieldFaultText {
  readonly key: string
  readonly values?: Readonly<Record<string, number>>
}

/** The kit's words for what a contract schema finds wrong; own texts of a schema are not shown, they are not translated. */
export function faultOf(issue: z.core.$ZodIssue, input: unknown): FieldFaultText {
  if (input === '' || input === undefined || input === null) return { key: 'missing' }
  if (issue.code === 'too_small') return tooSmall(issue)
  if (issue.code === 'too_big') return tooBig(issue)
  if (issue.code === 'invalid_value') return { key: 'notOffered' }
  const isNumber = issue.code === 'invalid_type' && (issue.expected === 'number' || issue.expected === 'int')
  return { key: isNumber ? 'notNumber' : 'format' }
}

function tooBig(issue: z.core.$ZodIssueTooBig): FieldFaultText {
  if (issue.origin !== 'string') return { key: 'tooBig', values: { limit: Number(issue.maximum) } }
  return { key: 'tooLong', values: { count: Number(issue.maximum) } }
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): FieldFaultText {
  if (issue.origin !== 'string') return { key: 'tooSmall', values: { limit: Number(issue.minimum) } }
  return Number(issue.minimum) === 1
    ? { key: 'missing' }
    : { key: 'tooShort', values: { count: Number(issue.minimum) } }
}
