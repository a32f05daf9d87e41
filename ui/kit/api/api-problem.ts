/** A fault of one field of what was sent. */
export interface FieldFault {
  /** Path of the field, joined by dots. */
  readonly path: string
  readonly message: string
}

interface ProblemFacts {
  /** HTTP status; 0 where the server was not reached. */
  readonly status: number
  /** Stable code of the failure; UNREACHABLE and UNEXPECTED_ANSWER are the client's own. */
  readonly code: string
  readonly detail?: string | undefined
  readonly requestId?: string | undefined
  readonly retryAfterSeconds?: number | undefined
  readonly facts?: Readonly<Record<string, unknown>>
  readonly faults?: readonly FieldFault[] | undefined
}

/** A request that was not carried out: what the server's problem+json said, never a raw error. */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly detail: string | undefined
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined
  /** Typed facts of the code. */
  readonly facts: Readonly<Record<string, unknown>>
  readonly faults: readonly FieldFault[]

  constructor(facts: ProblemFacts, options?: ErrorOptions) {
    super(`${facts.code} (${facts.status})`, options)
    this.name = 'ApiProblem'
    this.status = facts.status
    this.code = facts.code
    this.detail = facts.detail
    this.requestId = facts.requestId
    this.retryAfterSeconds = facts.retryAfterSeconds
    this.facts = facts.facts ?? {}
    this.faults = facts.faults ?? []
  }
}
