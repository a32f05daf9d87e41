import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { Instance, OperationsStore } from '../ports/operations-store.ts'
import { uniqueId } from '../unique-id.ts'

export type InstancePorts = AdministrationPorts & { readonly operations: OperationsStore }

export interface RegisterInstanceRequest {
  /** Unique; an instance that starts again under its name takes over its entry. */
  readonly name: string
  readonly role: string
  readonly version: string
  readonly address: string
}

/** Enters an instance at its start. */
export async function registerInstance(
  ports: InstancePorts,
  context: AdministrationContext,
  request: RegisterInstanceRequest,
): Promise<Instance> {
  const now = ports.clock.now()
  const known = (await ports.operations.instances.all()).find(({ name }) => name === request.name)
  const instance: Instance = {
    ...request,
    id: known?.id ?? uniqueId(ports),
    startedAt: now,
    heartbeatAt: now,
    stoppedAt: null,
  }
  await administer(ports, { context, action: 'start-instance' }, async (unit) => {
    await unit.authorise({ permission: 'restore', securityDomainId: null })
    unit.audit({ action: 'start-instance', after: { ...request } })
  })
  await ports.operations.instances.register(instance)
  return instance
}

/** Marks an instance as stopped on purpose. */
export async function stopInstance(
  ports: InstancePorts,
  context: AdministrationContext,
  instance: Pick<Instance, 'id' | 'name'>,
): Promise<void> {
  await administer(ports, { context, action: 'stop-instance' }, async (unit) => {
    await unit.authorise({ permission: 'restore', securityDomainId: null })
    unit.audit({ action: 'stop-instance', after: { name: instance.name } })
  })
  await ports.operations.instances.markStopped(instance.id, ports.clock.now())
}

/** How long after its last heartbeat an instance counts as lost. */
export const HEARTBEAT_LIMIT_MS = 30_000

export interface InstanceView {
  readonly instance: Instance
  readonly state: 'running' | 'stopped' | 'lost'
}

/** Says that an instance is alive; to be called every ten seconds. Not audited. */
export async function heartbeat({ operations, clock }: InstancePorts, instanceId: string): Promise<void> {
  await operations.instances.heartbeat(instanceId, clock.now())
}

/** All instances with their state. */
export async function listInstances(
  { administration: { read }, operations, clock }: InstancePorts,
  context: AdministrationContext,
): Promise<readonly InstanceView[]> {
  await authoriseAct(read, context, { permission: 'view-instances', securityDomainId: null })
  const now = clock.now()
  return (await operations.instances.all()).map((instance) => {
    const silent = now - instance.heartbeatAt > HEARTBEAT_LIMIT_MS
    return { instance, state: instance.stoppedAt !== null ? 'stopped' : silent ? 'lost' : 'running' }
  })
}
