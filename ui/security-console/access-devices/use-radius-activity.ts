import { type RadiusClientActivity, radiusClientEndpoints, type UnknownRadiusClient } from '@driftlock/contracts'
import { useApiQuery } from '@driftlock/ui-kit'

export interface RadiusActivity {
  /** Whether the answering instance serves RADIUS itself; also true while that is not known yet. */
  readonly isServedHere: boolean
  /** Clients whose shared secret looks wrong. */
  readonly suspects: ReadonlySet<string>
  readonly unknown: readonly UnknownRadiusClient[]
  /** Counters of a client; `undefined` = nothing came from it. */
  of(clientId: string): RadiusClientActivity | undefined
}

/** What passed between RADIUS clients and all instances; suspicions are the answering instance’s. */
export function useRadiusActivity(): RadiusActivity {
  const { data } = useApiQuery(radiusClientEndpoints.viewRadiusActivity, {})
  const clients = data?.clients ?? []
  return {
    isServedHere: data?.servedHere ?? true,
    suspects: new Set(clients.filter(({ wrongSecretSuspected }) => wrongSecretSuspected).map(({ id }) => id)),
    unknown: data?.unknown ?? [],
    of: (clientId) => clients.find(({ id }) => id === clientId),
  }
}
