import type { Clock, ClockDoubt, ClockDoubtReason, ClockGuard } from '@driftlock/application'
import type { UnixMs } from '@driftlock/domain'
import { FLEET_SETTINGS, type FleetSettings, FleetWitness } from './fleet-witness.ts'
import { JumpWatch } from './jump-watch.ts'
import { type TimeServiceState, timeServiceState } from './time-service.ts'

/** A jump is doubted this long where no time service can confirm the new time. */
const JUMP_DOUBT_MS = 3_600_000
/** `inDoubt` is asked at every log-on; the fleet is counted this often at most. */
const FLEET_COUNT_MS = 1000

export interface ClockGuardOptions {
  readonly clock: Clock
  readonly fleet?: FleetSettings
  /** Another source than the machine's time service. */
  readonly timeService?: () => Promise<TimeServiceState>
  /** True where the host keeps the clock and the machine itself says it is not synchronised. */
  readonly ignoreTimeService?: boolean
}

/** Watches the machine's clock: time service, jumps against the monotonic clock, and the tokens as witnesses. */
export class SystemClockGuard implements ClockGuard {
  readonly #clock: Clock
  readonly #fleet: FleetWitness
  readonly #jumps: JumpWatch
  readonly #timeService: () => Promise<TimeServiceState>
  readonly #since = new Map<ClockDoubtReason, { readonly wall: UnixMs; readonly monotonicMs: number }>()
  #state: TimeServiceState = 'unknown'
  #fleetTrustedUntilMs = Number.NEGATIVE_INFINITY
  #fleetCount: { readonly atMs: number; readonly movedMs: number | undefined } | undefined

  constructor({
    clock,
    fleet = FLEET_SETTINGS,
    timeService = timeServiceState,
    ignoreTimeService = false,
  }: ClockGuardOptions) {
    this.#clock = clock
    this.#fleet = new FleetWitness(fleet)
    this.#jumps = new JumpWatch(clock.now(), clock.monotonicMs())
    this.#timeService = ignoreTimeService ? async () => 'unknown' : timeService
  }

  /** Asks the time service; once at start, then every minute. A time service that confirms the time ends the doubt of a jump. */
  async check(): Promise<void> {
    this.#readClocks()
    this.#state = await this.#timeService()
    if (this.#state === 'synchronised') this.#jumps.forget()
  }

  inDoubt(): boolean {
    return this.doubts().length > 0
  }

  doubts(): readonly ClockDoubt[] {
    this.#readClocks()
    const found = [this.#jumpDoubt(), this.#fleetDoubt(), this.#serviceDoubt()]
    return found.flatMap(([reason, text]) => {
      if (text === undefined) this.#since.delete(reason)
      return text === undefined ? [] : [{ reason, text, since: this.#firstSeen(reason).wall }]
    })
  }

  witness(tokenId: string, surpriseMs: number): void {
    this.#fleet.add(tokenId, { surpriseMs, atMs: this.#clock.monotonicMs() })
  }

  /**
   * An operator says that the clock is right now. Jumps are forgotten at once, and the tokens are not asked for `forMs`:
   * those that learned the wrong time must first learn the right one.
   */
  trustClock(forMs: number): void {
    this.#readClocks()
    this.#jumps.forget()
    this.#fleet.forget()
    this.#fleetCount = undefined
    this.#fleetTrustedUntilMs = this.#clock.monotonicMs() + forMs
  }

  #readClocks(): void {
    if (!this.#jumps.read(this.#clock.now(), this.#clock.monotonicMs())) return
    this.#since.delete('wall-clock-jumped')
  }

  #firstSeen(reason: ClockDoubtReason): { readonly wall: UnixMs; readonly monotonicMs: number } {
    const known = this.#since.get(reason)
    if (known !== undefined) return known
    const seen = { wall: this.#clock.now(), monotonicMs: this.#clock.monotonicMs() }
    this.#since.set(reason, seen)
    return seen
  }

  #jumpDoubt(): readonly [ClockDoubtReason, string | undefined] {
    const jumpedMs = this.#jumps.jumpedMs()
    if (jumpedMs === 0) return ['wall-clock-jumped', undefined]
    if (this.#clock.monotonicMs() - this.#firstSeen('wall-clock-jumped').monotonicMs > JUMP_DOUBT_MS) {
      this.#jumps.forget()
      return ['wall-clock-jumped', undefined]
    }
    const way = jumpedMs > 0 ? 'forward' : 'back'
    const text = `The server clock was put ${way} by ${inWords(jumpedMs)} while the server ran. Check date, time zone and time service.`
    return ['wall-clock-jumped', text]
  }

  #fleetDoubt(): readonly [ClockDoubtReason, string | undefined] {
    const nowMs = this.#clock.monotonicMs()
    if (nowMs < this.#fleetTrustedUntilMs) return ['fleet-moved', undefined]
    if (this.#fleetCount === undefined || nowMs - this.#fleetCount.atMs >= FLEET_COUNT_MS) {
      this.#fleetCount = { atMs: nowMs, movedMs: this.#fleet.movedMs(nowMs) }
    }
    const { movedMs } = this.#fleetCount
    if (movedMs === undefined) return ['fleet-moved', undefined]
    const way = movedMs > 0 ? 'behind' : 'ahead'
    const text = `Most tokens that logged in lately say that the server clock is ${inWords(movedMs)} ${way}. Check date, time zone and time service.`
    return ['fleet-moved', text]
  }

  #serviceDoubt(): readonly [ClockDoubtReason, string | undefined] {
    if (this.#state !== 'not-synchronised') return ['not-synchronised', undefined]
    return [
      'not-synchronised',
      'No time service keeps the server clock. Set one up (chrony, systemd-timesyncd) or start the one there is.',
    ]
  }
}

function inWords(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000)
  const parts = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ] as const
  return parts
    .filter(([amount]) => amount > 0)
    .slice(0, 2)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}
