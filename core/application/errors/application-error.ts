import { APPLICATION_ERRORS, type ApplicationErrorCode, type ErrorFacts } from './application-errors.ts'

/**
 * Why a use case did not do what it was asked to. `code` and `facts` are for programs, the message is for people; the
 * edges map codes to their protocol. Neither ever holds a secret.
 */
export class ApplicationError<C extends ApplicationErrorCode = ApplicationErrorCode> extends Error {
  readonly code: C
  readonly facts: ErrorFacts[C]

  constructor(code: C, facts: ErrorFacts[C], options?: ErrorOptions) {
    super(messageOf(code, facts), options)
    this.name = 'ApplicationError'
    this.code = code
    this.facts = facts
  }
}

/** Whether an error is an ApplicationError of this code; its facts are typed then. */
export function isApplicationError<C extends ApplicationErrorCode>(
  error: unknown,
  code: C,
): error is ApplicationError<C> {
  return error instanceof ApplicationError && error.code === code
}

function messageOf<C extends ApplicationErrorCode>(code: C, facts: ErrorFacts[C]): string {
  const values: Readonly<Record<string, unknown>> = facts
  return APPLICATION_ERRORS[code].text.replace(/\{(\w+)\}/g, (_, name: string) => shown(values[name]))
}

/** What came from outside is repeated only so far that it cannot flood a log or a terminal. */
function shown(value: unknown): string {
  const text = Array.isArray(value) ? value.join(', ') : String(value)
  return text.slice(0, 300).replace(/\p{C}/gu, '?')
}
