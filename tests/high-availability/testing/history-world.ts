import {
  createCloudUser,
  createCompany,
  createSource,
  deleteCloudUser,
  deleteToken,
  offerAppRegistration,
  offerManagerRegistration,
  requestResync,
  revokeApp,
  runSyncOnce,
  type SyncRun,
  updateCloudUser,
  updateCompany,
} from '@driftlock/application'
import { appTokencode, COMMAND_CONTEXT, registerVirtualApp, type VirtualApp } from '@driftlock/cloud'
import { appCalls } from '@driftlock/contracts'
import { addMs, MS_PER_MINUTE } from '@driftlock/domain'
import type { TestClock } from '../../../adapters/keys/testing/test-clock.ts'
import type { ScratchCloud } from '../../../apps/cloud/testing/index.ts'
import { COMMAND } from '../../use-cases/testing/deployment.ts'
import { recordsOfCloud } from './both-sides.ts'
import { CrashPlan, crashing, Killed } from './crashing-ports.ts'
import { differences } from './differences.ts'
import type { EventHere, EventThere, HistoryEvent, Use } from './history.ts'
import { HistoryModel } from './history-model.ts'
import { type LineToCloud, lineTo } from './line-to-cloud.ts'
import { type Manager, openManager } from './manager.ts'

export interface HistoryPlace {
  readonly cloud: ScratchCloud
  /** The cloud's own clock. */
  readonly clock: TestClock
  /** Of the manager, unused. */
  readonly database: string
}

let companies = 0

/**
 * Lets a history happen to a company at the cloud and to a manager of its own, and to the model.
 * @returns what is wrong, during the history or after quiet; empty = all is well.
 */
export async function play(place: HistoryPlace, events: readonly HistoryEvent[]): Promise<readonly string[]> {
  const line = await lineTo(place.cloud.url)
  const manager = await openManager(place)
  const world = new HistoryWorld(place, { line, manager })
  try {
    await world.begin()
    for (const one of events) await world.happen(one)
    return [...world.faults, ...(await world.quiet())]
  } finally {
    await manager.close()
    await line.close()
  }
}

class HistoryWorld {
  readonly faults: string[] = []
  readonly #place: HistoryPlace
  readonly #line: LineToCloud
  readonly #manager: Manager
  readonly #model = new HistoryModel()
  readonly #userIds = new Map<string, string>()
  readonly #apps = new Map<string, VirtualApp>()
  #company = { id: '', name: '', sourceId: '' }

  constructor(place: HistoryPlace, { line, manager }: { readonly line: LineToCloud; readonly manager: Manager }) {
    this.#place = place
    this.#line = line
    this.#manager = manager
  }

  async begin(): Promise<void> {
    const { cloud } = this.#place.cloud
    const { id, name } = await createCompany(cloud, COMMAND_CONTEXT, {
      name: `company${++companies}`,
      displayName: 'Company',
    })
    await updateCompany(cloud, COMMAND_CONTEXT, { companyId: id, haEnabled: true })
    const source = await createSource(cloud, COMMAND_CONTEXT, { companyId: id, name: 'Employees' })
    this.#company = { id, name, sourceId: source.id }
    await this.#manager.connect(this.#line.url, (await offerManagerRegistration(cloud, COMMAND_CONTEXT, id)).code)
    await this.#manager.set('auth_manager.cas.authentication.ha.matching.sources', 'any-source')
    await this.#manager.set('auth_manager.cas.authentication.ha.order', 'local-first')
    await this.#manager.set('auth_manager.cas.authentication.ha.seed_sync.batch_size', '2')
  }

  async happen(one: HistoryEvent): Promise<void> {
    this.#place.clock.advanceMs(1)
    switch (one.type) {
      case 'time':
        return this.#place.clock.advanceMs(one.minutes * MS_PER_MINUTE)
      case 'cut':
        return this.#line.cut()
      case 'mend':
        return this.#line.mend()
      case 'sync':
        return void (await this.#sync())
      case 'killed-sync':
        return this.#killedSync(one.at)
      case 'garbled-sync':
        return this.#garbledSync(one.at)
      case 'resync':
        return requestResync(this.#manager.ports, COMMAND)
      case 'use-here':
      case 'use-there':
        return this.#use(one)
      case 'create-here':
      case 'delete-here':
      case 'rename-here':
      case 'delete-token':
        return this.#changeHere(one)
      default:
        return this.#changeThere(one)
    }
  }

  /** Everything works again: one run, and both sides are alike; a full run then finds nothing to mend. */
  async quiet(): Promise<readonly string[]> {
    this.#line.mend()
    this.#place.clock.advanceMs(MS_PER_MINUTE)
    if (this.#model.isTokenDeleted) await requestResync(this.#manager.ports, COMMAND)
    const first = await this.#sync()
    const found = await this.#differences()
    await requestResync(this.#manager.ports, COMMAND)
    const { outcome, divergence } = await this.#sync()
    const isAlike = Object.values(divergence ?? {}).every((count) => count === 0)
    return [
      ...(first.outcome === 'succeeded' ? [] : [`the last run ${first.outcome}: ${first.errorCode}`]),
      ...found.map((fault) => `after quiet: ${fault}`),
      ...(outcome === 'succeeded' && isAlike ? [] : [`a full run then: ${outcome}, ${JSON.stringify(divergence)}`]),
      ...(await this.#differences()).map((fault) => `after a full run: ${fault}`),
    ]
  }

  async #differences(): Promise<readonly string[]> {
    const there = await recordsOfCloud(this.#place.cloud.cloud, this.#company.id)
    return [...this.#model.differences(there), ...(await differences(this.#manager, there, [...this.#model.here]))]
  }

  async #sync(): Promise<SyncRun> {
    const run = await this.#manager.sync()
    if (run.outcome === 'succeeded') this.#model.synchronised()
    return run
  }

  async #killedSync(at: number): Promise<void> {
    const plan = new CrashPlan(at)
    try {
      const { outcome } = await runSyncOnce(crashing(plan)(this.#manager.ports), { trigger: 'schedule' })
      if (outcome === 'succeeded') this.#model.synchronised()
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    }
  }

  async #garbledSync(atAnswer: number): Promise<void> {
    let answers = 0
    this.#line.fault((answer) =>
      ++answers === atAnswer ? { ...answer, body: Buffer.concat([answer.body, Buffer.from(' ')]) } : answer,
    )
    await this.#sync()
    this.#line.fault(undefined)
  }

  async #use({ type, name, stepsAhead }: Use): Promise<void> {
    const app = this.#apps.get(name)
    if (app === undefined) return
    const at = addMs(this.#place.clock.now(), stepsAhead * app.intervalSeconds * 1000)
    const tokencode = appTokencode(app, at)
    const side = type === 'use-here' ? 'here' : 'there'
    const isIn =
      side === 'here'
        ? (await this.#manager.logIn(name, tokencode)).startsWith('accept')
        : (await this.#logOnThere(name, tokencode)) === 'accepted'
    if (!isIn) return
    const fault = this.#model.accepted(side, app.serial, BigInt(Math.floor(at / (app.intervalSeconds * 1000))))
    if (fault !== undefined) this.faults.push(fault)
  }

  async #logOnThere(userName: string, tokencode: string): Promise<string> {
    const { path, response } = appCalls.authenticate
    const answer = await fetch(new URL(path, this.#place.cloud.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ company: this.#company.name, userName, tokencode }),
    })
    return response.parse(await answer.json()).outcome
  }

  async #changeHere(one: EventHere): Promise<void> {
    const { here } = this.#model
    const isKnown = here.has(one.name)
    if (one.type === 'create-here' && !isKnown) {
      await this.#manager.createUser(one.name)
      here.add(one.name)
    }
    if (one.type === 'delete-here' && isKnown) {
      await this.#manager.deleteUser(one.name)
      here.delete(one.name)
    }
    if (one.type === 'rename-here' && isKnown && !here.has(one.to)) {
      await this.#manager.renameUser(one.name, one.to)
      here.delete(one.name)
      here.add(one.to)
    }
    const serial = this.#apps.get(one.name)?.serial ?? ''
    const { administration } = this.#manager.ports
    if (one.type === 'delete-token' && (await administration.read.tokens.findBySerial(serial)) !== undefined) {
      await deleteToken(this.#manager.ports, COMMAND, { token: serial })
      this.#model.isTokenDeleted = true
    }
  }

  async #changeThere(one: EventThere): Promise<void> {
    const { cloud } = this.#place.cloud
    const { name } = one
    const userId = this.#userIds.get(name)
    if (one.type === 'register') return this.#register(name)
    if (userId === undefined) return
    const user = this.#model.there.get(name)
    if (one.type === 'revoke' && user?.app !== undefined) {
      await revokeApp(cloud, COMMAND_CONTEXT, user.app.serial)
      this.#model.revoked(name)
    }
    if ((one.type === 'disable' || one.type === 'enable') && user !== undefined) {
      user.isEnabled = one.type === 'enable'
      await updateCloudUser(cloud, COMMAND_CONTEXT, { userId, enabled: user.isEnabled })
    }
    if (one.type === 'leave') {
      await deleteCloudUser(cloud, COMMAND_CONTEXT, userId)
      this.#userIds.delete(name)
      this.#model.left(name)
    }
    if (one.type === 'rename' && !this.#userIds.has(one.to)) await this.#renameThere(name, one.to)
  }

  async #register(name: string): Promise<void> {
    const { cloud, url } = this.#place.cloud
    const { id: companyId, sourceId } = this.#company
    if (this.#model.there.get(name)?.isEnabled === false) return
    const known = this.#userIds.get(name)
    const given = { companyId, sourceId, attribute: name, displayName: '' }
    const userId = known ?? (await createCloudUser(cloud, COMMAND_CONTEXT, given)).id
    this.#userIds.set(name, userId)
    const { code } = await offerAppRegistration(cloud, COMMAND_CONTEXT, userId)
    const now = () => this.#place.clock.now()
    const app = await registerVirtualApp({ service: url, code, publicName: 'Phone', now })
    this.#apps.set(name, app)
    this.#model.registered(name, app.serial)
  }

  async #renameThere(name: string, to: string): Promise<void> {
    const { cloud } = this.#place.cloud
    const [userId, app] = [this.#userIds.get(name), this.#apps.get(name)]
    if (userId === undefined) return
    await updateCloudUser(cloud, COMMAND_CONTEXT, { userId, attribute: to })
    this.#userIds.delete(name)
    this.#userIds.set(to, userId)
    this.#apps.delete(name)
    if (app !== undefined) this.#apps.set(to, app)
    this.#model.renamed(name, to)
  }
}
