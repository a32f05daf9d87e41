import type { CloudSideRecord } from './both-sides.ts'

/** An app as the model has it. */
interface ModelApp {
  readonly serial: string
  isActive: boolean
  /** Highest step used there and here, and what each side knows of the other since the last run. */
  usedThere: bigint
  usedHere: bigint
}

interface ModelUser {
  isEnabled: boolean
  app: ModelApp | undefined
}

/** What ought to be, from the events alone: no seed, no page, no marker. */
export class HistoryModel {
  readonly there = new Map<string, ModelUser>()
  readonly here = new Set<string>()
  readonly #apps = new Map<string, ModelApp>()
  /** A token was deleted here by hand: only a full run brings it back. */
  isTokenDeleted = false

  registered(name: string, serial: string): void {
    const user = this.there.get(name) ?? { isEnabled: true, app: undefined }
    if (user.app !== undefined) user.app.isActive = false
    user.app = { serial, isActive: true, usedThere: -1n, usedHere: -1n }
    this.there.set(name, user)
    this.#apps.set(serial, user.app)
  }

  revoked(name: string): void {
    const user = this.there.get(name)
    if (user?.app === undefined) return
    user.app.isActive = false
    user.app = undefined
  }

  left(name: string): void {
    this.revoked(name)
    this.there.delete(name)
  }

  renamed(name: string, to: string): void {
    const user = this.there.get(name)
    if (user === undefined) return
    this.there.delete(name)
    this.there.set(to, user)
  }

  /** A code was accepted. @returns what is wrong with that, if anything is. */
  accepted(side: 'here' | 'there', serial: string, step: bigint): string | undefined {
    const app = this.#apps.get(serial)
    if (app === undefined) return `${serial} was never registered`
    const known = side === 'here' ? app.usedHere : app.usedThere
    if (side === 'here') app.usedHere = step
    else app.usedThere = step
    return step <= known ? `step ${step} of ${serial} was accepted ${side}, which knew ${known} as used` : undefined
  }

  /** A run went through: each side knows what the other one knew. */
  synchronised(): void {
    for (const app of this.#apps.values()) {
      const highest = app.usedHere > app.usedThere ? app.usedHere : app.usedThere
      app.usedHere = highest
      app.usedThere = highest
    }
  }

  /** In what the cloud itself is not as it ought to be. */
  differences(records: readonly CloudSideRecord[]): readonly string[] {
    const wanted = [...this.there].flatMap(([name, { isEnabled, app }]) =>
      isEnabled && app?.isActive === true ? [`${name} ${app.serial}`] : [],
    )
    const found = records.filter(({ state }) => state === 'active').map((one) => `${one.userAttribute} ${one.serial}`)
    const [right, is] = [wanted.toSorted().join(), found.toSorted().join()]
    return right === is ? [] : [`the cloud has ${is} instead of ${right}`]
  }
}
