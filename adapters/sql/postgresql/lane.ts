import { Client, type ClientConfig, type QueryResultRow } from 'pg'
import { isConnectionLoss } from './postgresql-error.ts'

export interface NamedQuery {
  readonly name: string
  readonly text: string
}

/** One connection for one kind of work, made when needed and made anew after a loss. One query at a time. */
export class Lane {
  readonly #config: ClientConfig
  #client: Client | undefined

  constructor(config: ClientConfig) {
    this.#config = config
  }

  async query<Row extends QueryResultRow>(query: NamedQuery, values: readonly unknown[]): Promise<Row[]> {
    const client = this.#client ?? (await this.#connect())
    try {
      const { rows } = await client.query<Row>({ name: query.name, text: query.text, values: [...values] })
      return rows
    } catch (error) {
      if (isConnectionLoss(error)) await this.drop()
      throw error
    }
  }

  /** Makes the connection now. @throws before anything could have been sent. */
  async connect(): Promise<void> {
    if (this.#client === undefined) await this.#connect()
  }

  async #connect(): Promise<Client> {
    const client = new Client(this.#config)
    // An idle connection that breaks is only forgotten: the next query makes another.
    client.on('error', () => {
      if (this.#client === client) this.#client = undefined
    })
    await client.connect()
    this.#client = client
    return client
  }

  /** Forgets the connection; it is not waited for, because it may hang. */
  async drop(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    client?.end().catch(() => undefined) // already broken; nothing is lost with it
  }

  async close(): Promise<void> {
    const client = this.#client
    this.#client = undefined
    await client?.end()
  }
}
