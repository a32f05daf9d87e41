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
  readonly attempts: AttemptMemory
  readonly clients: ClientQueries
  readonly configuration: { version(): Promise<number> }
  readonly keys: KeyRing
  readonly clock: Clock
  readonly random: Random
}
