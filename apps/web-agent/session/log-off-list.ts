import { createHmac } from 'node:crypto'
import { appendFile, readFile, stat } from 'node:fs/promises'

export interface LogOffListOptions {
  /** A file that the agents of a site share; absent = log-offs everywhere hold for this process alone. */
  readonly file: string | undefined
  /** Names are kept as HMACs under it. */
  readonly key: Buffer
  /** How long a log-off is of use: no session outlives it. */
  readonly keepMs: number
}

/**
 * Who has logged off everywhere, and when: sessions that began before are over. Asked in memory; agents that share the file
 * hear of each other's log-offs when they {@link refresh}. The file only grows, by some 60 octets a log-off: any agent may write it
 * at any time.
 */
export class LogOffList {
  readonly #options: LogOffListOptions
  readonly #loggedOffAt = new Map<string, number>()
  #state = ''

  constructor(options: LogOffListOptions) {
    this.#options = options
  }

  holds(username: string, loggedOnAt: number): boolean {
    if (this.#loggedOffAt.size === 0) return false
    return loggedOnAt <= (this.#loggedOffAt.get(this.#nameOf(username)) ?? Number.NEGATIVE_INFINITY)
  }

  /** @throws the platform's error when the file cannot be written: the user must not be told of a log-off that did not hold. */
  async logOffEverywhere(username: string, nowMs: number): Promise<void> {
    const name = this.#nameOf(username)
    const { file } = this.#options
    if (file !== undefined) await appendFile(file, `${nowMs} ${name}\n`, { mode: 0o600, flush: true })
    this.#loggedOffAt.set(name, nowMs)
  }

  /** Takes up what other agents wrote and forgets what is of no use any more. Cheap while the file has not changed. */
  async refresh(nowMs: number): Promise<void> {
    const { file, keepMs } = this.#options
    for (const [name, at] of this.#loggedOffAt) if (nowMs - at > keepMs) this.#loggedOffAt.delete(name)
    if (file === undefined) return
    const found = await stat(file).catch(() => undefined)
    const state = found === undefined ? '' : `${found.mtimeMs}/${found.size}`
    if (state === this.#state) return
    this.#state = state
    const lines = found === undefined ? [] : (await readFile(file, 'utf8')).split('\n')
    for (const line of lines) this.#take(line, nowMs)
  }

  #take(line: string, nowMs: number): void {
    const [, time, name] = /^(\d{1,16}) ([\w-]{43})$/.exec(line) ?? []
    if (time === undefined || name === undefined) return
    const at = Number(time)
    if (nowMs - at > this.#options.keepMs) return
    this.#loggedOffAt.set(name, Math.max(at, this.#loggedOffAt.get(name) ?? 0))
  }

  #nameOf(username: string): string {
    return createHmac('sha256', this.#options.key).update(`log-off\n${username}`).digest('base64url')
  }
}
