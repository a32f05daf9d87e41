import { AgentClientError } from './agent-client-error.ts'

export interface ManagersOptions {
  /** Base addresses up to and with `/mfa/v1_1`, the preferred one first. */
  readonly urls: readonly string[]
  readonly clientKey: string
  /** Milliseconds one manager is given to answer. */
  readonly timeoutMs: number
}

/** What a manager answered, whatever it says. */
export interface ManagerAnswer {
  readonly status: number
  readonly body: unknown
}

/**
 * Sends calls to the first manager that answers, and stays with it. A call is sent to the next one when a manager cannot be
 * reached, does not answer in time or says that it cannot serve: each message of an attempt is judged once in the whole
 * deployment, so that sending it twice never makes two guesses of it.
 */
export class Managers {
  readonly #options: ManagersOptions
  #preferred = 0

  constructor(options: ManagersOptions) {
    if (options.urls.length === 0) throw new RangeError('urls: at least one manager address is needed')
    this.#options = { ...options, urls: options.urls.map((url) => url.replace(/\/+$/, '')) }
  }

  async post(call: string, message: unknown): Promise<ManagerAnswer> {
    const { urls } = this.#options
    const causes: unknown[] = []
    for (let tried = 0; tried < urls.length; tried++) {
      const index = (this.#preferred + tried) % urls.length
      try {
        const answer = await this.#send(`${urls[index]}/authn/${call}`, message)
        if (answer.status < 500) {
          this.#preferred = index
          return answer
        }
        causes.push(new Error(`${urls[index]} answered with status ${answer.status}`))
      } catch (error) {
        causes.push(error)
      }
    }
    throw new AgentClientError('MANAGERS_UNREACHABLE', `None of ${urls.length} authentication managers answered.`, {
      cause: new AggregateError(causes),
    })
  }

  async #send(url: string, message: unknown): Promise<ManagerAnswer> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'client-key': this.#options.clientKey },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(this.#options.timeoutMs),
      redirect: 'error',
    })
    const body: unknown = await response.json().catch(() => undefined)
    return { status: response.status, body }
  }
}
