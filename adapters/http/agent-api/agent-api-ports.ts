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
  /** Groups that an accepted user is said to belong to; `undefined` = nobody has this name. Absent = no groups are told. */
  readonly groupsOf?: (username: string) => Promise<readonly string[] | undefined>
  readonly attempts: AttemptMemory
  readonly clients: ClientQueries
  readonly configuration: { version(): Promise<number> }
  readonly keys: KeyRing
  readonly clock: Clock
  readonly random: Random
}
