import type { z } from 'zod'

/** Why a field's value is not accepted: a key of `forms.faults` and what its words need. */
export interface FieldFaultText {
  readonly key: string
  readonly values?: Readonly<Record<string, number>>
}

/** The kit's words for what a contract schema finds wrong; own texts of a schema are not shown, they are not translated. */
export function faultOf(issue: z.core.$ZodIssue, input: unknown): FieldFaultText {
  switch (issue.code) {
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return issue.origin === 'string'
        ? { key: 'tooLong', values: { count: Number(issue.maximum) } }
        : { key: 'tooBig', values: { limit: Number(issue.maximum) } }
    case 'invalid_type':
      if (input === '' || input === undefined || input === null) return { key: 'missing' }
      return { key: issue.expected === 'number' || issue.expected === 'int' ? 'notNumber' : 'format' }
    case 'invalid_value':
      return { key: 'notOffered' }
    default:
      return { key: 'format' }
  }
}

function tooSmall(issue: z.core.$ZodIssueTooSmall): FieldFaultText {
  if (issue.origin !== 'string') return { key: 'tooSmall', values: { limit: Number(issue.minimum) } }
  return Number(issue.minimum) === 1
    ? { key: 'missing' }
    : { key: 'tooShort', values: { count: Number(issue.minimum) } }
}
