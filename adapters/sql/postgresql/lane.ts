import { Client, type ClientConfig, type QueryArrayConfig, type QueryResultRow } from 'pg'
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

  query<Row extends QueryResultRow>({ name, text }: NamedQuery, values: readonly unknown[]): Promise<Row[]> {
    return this.#rows((client) => client.query<Row>({ name, text, values: [...values] }))
  }

  /** Each row as an array, in the order of the select list. */
  queryArrays<Row extends readonly unknown[]>({ name, text }: NamedQuery, values: readonly unknown[]): Promise<Row[]> {
    const config: QueryArrayConfig = { name, text, values: [...values], rowMode: 'array' }
    return this.#rows(async (client) => {
      const { rows } = await client.query(config)
      return { rows: rows as unknown as Row[] } // pg knows of no row more than that it is an array
    })
  }

  async #rows<Row>(send: (client: Client) => Promise<{ readonly rows: Row[] }>): Promise<Row[]> {
    const client = this.#client ?? (await this.#connect())
    try {
      return (await send(client)).rows
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
