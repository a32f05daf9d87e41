export type AgentClientErrorCode =
  /** No manager could be reached, or none was able to answer. Nothing was decided. */
  | 'MANAGERS_UNREACHABLE'
  /** The manager does not know this client id and client key. */
  | 'CLIENT_NOT_AUTHORIZED'
  /** The attempt is of no use any more: expired, answered twice, or unknown to the manager. Begin again. */
  | 'ATTEMPT_DEAD'
  /** The answer is not one of the agent API. */
  | 'ANSWER_NOT_UNDERSTOOD'

/** A log-on could not be carried through for a technical cause; the user's answer was not necessarily wrong. */
export class AgentClientError extends Error {
  readonly code: AgentClientErrorCode
  /** The manager's reason code, where it gave one. */
  readonly reasonCode: string | undefined

  constructor(
    code: AgentClientErrorCode,
    message: string,
    more: { readonly reasonCode?: string; readonly cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'AgentClientError'
    this.code = code
    this.reasonCode = more.reasonCode
  }
}
