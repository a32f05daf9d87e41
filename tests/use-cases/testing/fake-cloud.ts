import { CloudError, type CloudService, type CloudCalls, type SealedRecord } from '@driftlock/application'
import { START_MARKER, step, unixMs } from '@driftlock/domain'

/** A record of the fake, with its seed in the clear. */
export interface FakeRecord extends Omit<SealedRecord, 'sealedSeed'> {
  readonly seed: Uint8Array
}

/** A cloud access service in memory: the same answers as the real one, and faults on demand. */
export class FakeCloud {
  readonly records = new Map<string, FakeRecord>()
  companyId = 'company-1'
  haEnabled = true
  /** Thrown by the next calls while it is set. */
  fault: CloudError | undefined
  /** Called before each page of the feed is answered. */
  onFeed: () => Promise<void> | void = () => undefined
  opened = 0
  readonly feeds: string[] = []
  readonly told: { readonly serial: string; readonly step: bigint }[] = []
  verdict: { readonly outcome: 'accepted' | 'rejected' | 'next-tokencode'; readonly reason: string } = {
    outcome: 'accepted',
    reason: 'passcode-accepted',
  }
  readonly asked: string[] = []
  #now = 1_000_000
  #made = 0

  /** Adds or changes a record; its change time is the newest then. */
  put(userAttribute: string, more: Partial<FakeRecord> = {}): FakeRecord {
    const number = ++this.#made
    const record: FakeRecord = {
      recordId: `r${String(number).padStart(6, '0')}`,
      serial: `MFA${String(number).padStart(12, '0')}`,
      userAttribute,
      identitySource: 'Internal Database',
      algorithm: 'sha256',
      digits: 8,
      intervalSeconds: 60,
      state: 'active',
      lastUsedStep: null,
      clockOffsetMs: null,
      seedVersion: 1,
      changeTimeMs: this.#now++,
      seed: new Uint8Array(32).fill(number % 250),
      ...more,
    }
    this.records.set(record.recordId, record)
    return record
  }

  change(recordId: string, change: Partial<FakeRecord>): FakeRecord {
    const record = this.records.get(recordId)
    if (record === undefined) throw new RangeError(recordId)
    const changed = { ...record, ...change, changeTimeMs: this.#now++ }
    this.records.set(recordId, changed)
    return changed
  }

  service(): CloudService {
    return {
      register: async ({ baseUrl, registrationCode }) => {
        this.#fail()
        return {
          baseUrl,
          managerId: `manager of ${registrationCode}`,
          keys: new TextEncoder().encode('private keys'),
          standing: this.#standing(),
        }
      },
      open: () => this.#session(),
    }
  }

  #latestMarker(): string {
    const times = [...this.records.values()].map(({ changeTimeMs, recordId }) => ({ changeTimeMs, recordId }))
    const [last] = times.toSorted((a, b) => b.changeTimeMs - a.changeTimeMs || (a.recordId < b.recordId ? 1 : -1))
    return last === undefined ? START_MARKER : `${last.changeTimeMs}.${last.recordId}`
  }

  #standing() {
    const { companyId, haEnabled } = this
    return { companyId, haEnabled, companyName: 'Example', cloudKeys: [], serverTimeMs: unixMs(this.#now) }
  }

  #fail(): void {
    if (this.fault !== undefined) throw this.fault
  }

  #sealed({ seed, ...record }: FakeRecord): SealedRecord {
    return record.state === 'revoked' ? record : { ...record, sealedSeed: Buffer.from(seed).toString('hex') }
  }

  #session(): CloudCalls {
    return {
      status: async () => {
        this.#fail()
        return { ...this.#standing(), recordCount: this.records.size, latestMarker: this.#latestMarker() }
      },
      feed: async (after, limit) => {
        await this.onFeed()
        this.#fail()
        this.feeds.push(after)
        const [time = '0', id = ''] = after.split('.')
        const all = [...this.records.values()]
          .filter((one) => one.changeTimeMs > Number(time) || (one.changeTimeMs === Number(time) && one.recordId > id))
          .sort((a, b) => a.changeTimeMs - b.changeTimeMs || (a.recordId < b.recordId ? -1 : 1))
        const page = all.slice(0, limit)
        const last = page.at(-1)
        return {
          companyId: this.companyId,
          records: page.map((one) => this.#sealed(one)),
          nextMarker: last === undefined ? after : `${last.changeTimeMs}.${last.recordId}`,
          hasMore: all.length > limit,
        }
      },
      userRecords: async (attribute) => {
        this.#fail()
        const mine = [...this.records.values()].filter(({ userAttribute }) => userAttribute === attribute)
        return { companyId: this.companyId, records: mine.map((one) => this.#sealed(one)) }
      },
      verify: async (serial, tokencode) => {
        this.asked.push(`${serial} ${tokencode}`)
        this.#fail()
        return { ...this.verdict, step: null }
      },
      reportSteps: async (steps) => {
        this.#fail()
        for (const { serial, step: used } of steps) {
          this.told.push({ serial, step: used })
          const known = [...this.records.values()].find((one) => one.serial === serial)
          if (known !== undefined && (known.lastUsedStep ?? -1n) < used)
            this.change(known.recordId, { lastUsedStep: step(used) })
        }
        return []
      },
      rotateKeys: async () => ({
        pending: new TextEncoder().encode('old and new keys'),
        carryOut: async () => new TextEncoder().encode('new keys'),
      }),
      openSeed: async ({ sealedSeed, serial }) => {
        this.opened++
        if (sealedSeed === undefined || sealedSeed === 'garbage') throw new CloudError('SEED_UNREADABLE', serial)
        return new Uint8Array(Buffer.from(sealedSeed, 'hex'))
      },
      learned: () => ({ skewSeconds: 0, standing: this.#standing() }),
    }
  }
}
