import { existsSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type HttpModule, localDocuments, pageSite, serverLogger } from '@driftlock/http'
import { makeScratchSchema } from '@driftlock/sql'
import { withDefaults } from '../configuration/configuration.ts'
import { initialiseInstance } from '../instance/initialise-instance.ts'
import { type RunningInstance, startInstance } from '../serve/start-instance.ts'
import { CommandError } from '../terminal/command-error.ts'
import type { DemoFacts, DemoReport } from './demo-report.ts'
import { HOME_STYLE, homePage } from './home-page.ts'
import { type Population, populateDemo } from './populate-demo.ts'

export interface DemoOptions {
  /** 0 = any free one. */
  readonly port: number
  readonly radiusPort: number
  /**
   * A `postgres://` address: a schema of its own is made there and dropped at the end. Else the path of an SQLite file,
   * which must not be there yet and is deleted at the end. Absent = a file in the throw-away folder.
   */
  readonly database?: string
  /** That many more users with one TOTP token each. */
  readonly users: number
  readonly logLevel: 'silent' | 'warn' | 'info'
  /** Settles when the pages of the consoles are built; people and tokens are made meanwhile. Absent = they are. */
  readonly pages?: Promise<void>
}

export interface RunningDemo {
  readonly report: DemoReport
  /** Stops and leaves nothing. */
  stop(withinMs: number): Promise<void>
}

const HOST = '127.0.0.1'
/** Load tests come from one address and use the same names again and again. */
const NO_HINDRANCE = {
  requestsPerMinute: 1_000_000,
  logOnsPerMinute: 1_000_000,
  logOnsPerUserAndMinute: 1_000_000,
} as const
const VIRTUAL_TOKENS = fileURLToPath(new URL('../../../ui/virtual-tokens/dist/', import.meta.url))

/** A throw-away instance with people, tokens and pages to try it on. Nothing is left when it cannot start. */
export async function startDemo(options: DemoOptions): Promise<RunningDemo> {
  const folder = await mkdtemp(join(tmpdir(), 'driftlock-demo-'))
  const place = await placeOf(options, folder)
  try {
    const population = await populate(place, options)
    await options.pages
    const known: { facts?: DemoFacts } = {}
    const running = await serve(place, options, () => known.facts ?? never())
    const facts = factsOf(running, population)
    known.facts = facts
    return {
      report: facts.report,
      async stop(withinMs) {
        await running.stop(withinMs)
        await place.remove()
      },
    }
  } catch (error) {
    await place.remove()
    throw error
  }
}

interface Place {
  readonly dataFolder: string
  readonly database?: string
  remove(): Promise<void>
}

async function placeOf({ database }: DemoOptions, dataFolder: string): Promise<Place> {
  const atExit = (): void => rmSync(dataFolder, { recursive: true, force: true })
  // For a process that is ended at once.
  process.once('exit', atExit)
  const removeFolder = async (): Promise<void> => {
    await rm(dataFolder, { recursive: true, force: true })
    process.off('exit', atExit)
  }
  if (database === undefined) return { dataFolder, remove: removeFolder }
  if (!/^postgres(ql)?:\/\//.test(database)) return placeInFile(database, { dataFolder, remove: removeFolder })
  const schema = await makeScratchSchema(database).catch(async (error: unknown) => {
    await removeFolder()
    throw error
  })
  return {
    dataFolder,
    database: schema.database,
    async remove() {
      await removeFolder()
      await schema.drop()
    },
  }
}

async function placeInFile(database: string, folder: Place): Promise<Place> {
  if (existsSync(database)) {
    await folder.remove()
    throw new CommandError(
      'conflict',
      'DATABASE_EXISTS',
      `${database} is there already, and a demo deletes its database at the end. Name a new file.`,
    )
  }
  return {
    dataFolder: folder.dataFolder,
    database,
    async remove() {
      await folder.remove()
      await Promise.all(['', '-wal', '-shm'].map((ending) => rm(`${database}${ending}`, { force: true })))
    },
  }
}

async function populate({ dataFolder, database }: Place, { users }: DemoOptions): Promise<Population> {
  const instance = await initialiseInstance({
    dataFolder,
    environment: {},
    name: 'command',
    ...(database !== undefined && { database }),
  })
  try {
    return await populateDemo(instance, users)
  } finally {
    await instance.close()
  }
}

function serve(place: Place, options: DemoOptions, facts: () => DemoFacts): Promise<RunningInstance> {
  const { dataFolder, database } = place
  const { port, radiusPort, logLevel } = options
  const given = {
    instance: { name: 'demo', address: HOST },
    http: { host: HOST, port, ...NO_HINDRANCE },
    radius: { host: [HOST], port: radiusPort },
    log: { level: logLevel },
    clock: { ignoreTimeService: true },
    ...(database !== undefined && { database }),
  }
  const configuration = withDefaults(given, 'demo')
  const logger = serverLogger({ level: logLevel })
  const modules = () => pagesOf(facts)
  return startInstance({ configuration, dataFolder, environment: {}, logger, modules })
}

function pagesOf(facts: () => DemoFacts): readonly HttpModule[] {
  return [
    localDocuments([
      { path: '/', type: 'text/html; charset=utf-8', content: () => homePage(facts()) },
      { path: '/demo.css', type: 'text/css; charset=utf-8', content: () => HOME_STYLE },
      {
        path: '/virtual-tokens/tokens.json',
        type: 'application/json',
        content: () => JSON.stringify(holdersOf(facts().report)),
      },
    ]),
    pageSite({ prefix: '/virtual-tokens/', folder: VIRTUAL_TOKENS }),
  ]
}

/** Who holds which token; the drawer holds those that belong to nobody. */
function holdersOf({ users, spares }: DemoReport) {
  return [...users, { username: 'in the drawer', state: 'spare', tokens: spares }]
}

function factsOf({ http, radius }: RunningInstance, population: Population): DemoFacts {
  const { agent, administrators, users, spares, people, emergencyCodes, radiusSecret } = population
  const at = (path: string): string => `${http.url}${path}`
  const bound = radius?.bound.udp[0]
  return {
    report: {
      urls: {
        home: at('/'),
        selfService: at('/self-service/'),
        securityConsole: at('/console/'),
        api: at('/api'),
        agentApi: at('/mfa/v1_1'),
        virtualTokens: at('/virtual-tokens/'),
      },
      radius: { host: HOST, port: bound?.port ?? 0, secret: radiusSecret },
      agent,
      administrators,
      users,
      spares,
    },
    people,
    emergencyCodes,
  }
}

function never(): never {
  throw new Error('The demo was asked for its pages before it was ready.')
}
