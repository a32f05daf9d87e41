import type {
  AttemptMemory,
  ClientQueries,
  Clock,
  KeyRing,
  LoginRequest,
  LoginResult,
  Random,
} from '@driftlock/application'

/** What the agent API needs of the rest of the program. */
export interface AgentApiPorts {
  /** Judges one log-on attempt or answer. */
  readonly login: (request: LoginRequest) => Promise<LoginResult>
  /** Groups that accepted users of a security domain are said to belong to. Absent = no groups are told. */
  readonly groupsOf?: (securityDomainId: string) => Promise<readonly string[]>
  readonly attempts: AttemptMemory
  readonly clients: ClientQueries
  readonly configuration: { version(): Promise<number> }
  readonly keys: KeyRing
  readonly clock: Clock
  readonly random: Random
}
