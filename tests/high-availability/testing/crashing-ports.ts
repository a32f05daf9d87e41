import type { HaPorts } from '@driftlock/application'

/** The process ended here. */
export class Killed extends Error {
  constructor(point: string) {
    super(`Killed at ${point}.`)
    this.name = 'Killed'
  }
}

/** Where a process is killed: at the n-th step it takes, and from then on nothing it does reaches the world. */
export class CrashPlan {
  readonly #at: number
  #steps = 0
  /** Name of the step; undefined = it was not reached. */
  killedAt: string | undefined

  /** @param at counted from 1. */
  constructor(at: number) {
    this.#at = at
  }

  step(name: string): void {
    this.#steps += 1
    if (this.killedAt === undefined && this.#steps === this.#at) this.killedAt = name
    if (this.killedAt !== undefined) throw new Killed(this.killedAt)
  }
}

type Call = (...args: readonly unknown[]) => unknown

/**
 * Ports of a process that is killed as planned: before or after any call to the store or the cloud, also between two calls
 * within a unit of work, which is undone then as the database would undo it.
 */
export function crashing(plan: CrashPlan): (ports: HaPorts) => HaPorts {
  return (ports) => ({
    ...ports,
    administration: watched(ports.administration, 'store', plan),
    operations: watched(ports.operations, 'store', plan),
    cloud: {
      register: (request) => taken(plan, 'cloud.register', ports.cloud.register(request)),
      open: (access) => watched(ports.cloud.open(access), 'cloud', plan),
    },
  })
}

/** The same object, each call of which (at any depth) is a step before and a step after. */
function watched<T extends object>(target: T, path: string, plan: CrashPlan): T {
  return new Proxy(target, {
    get(of, name) {
      const value: unknown = Reflect.get(of, name)
      const place = `${path}.${String(name)}`
      if (typeof value === 'function') return watchedCall(of, value as Call, { place, plan }) // a method of the object
      return typeof value === 'object' && value !== null ? watched(value, place, plan) : value
    },
  })
}

function watchedCall(
  of: object,
  call: Call,
  { place, plan }: { readonly place: string; readonly plan: CrashPlan },
): Call {
  return (...args) => {
    plan.step(`${place}, before`)
    // Work that is handed over, as to a transaction, gets its own things watched.
    const given = args.map((arg) =>
      typeof arg === 'function' ? (tx: object) => (arg as Call)(watched(tx, 'unit', plan)) : arg,
    )
    const result = call.apply(of, given)
    return result instanceof Promise ? taken(plan, place, result) : result
  }
}

async function taken<T>(plan: CrashPlan, place: string, result: Promise<T>): Promise<T> {
  const value = await result
  plan.step(`${place}, after`)
  return value
}
