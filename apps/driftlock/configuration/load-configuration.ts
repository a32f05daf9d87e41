import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { isNode, LineCounter, parseDocument } from 'yaml'
import {
  type Configuration,
  configurationFaults,
  configurationSchema,
  type GivenConfiguration,
  withDefaults,
} from './configuration.ts'
import { environmentName, SETTING_PLACES, settingValue } from './setting-sources.ts'

export interface ConfigurationSources {
  /** Named by the operator: it must be there. */
  readonly file?: string
  /** Looked at when no file is named; may be missing. */
  readonly defaultFile?: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** From the command line, by dotted path; text. */
  readonly flags: Readonly<Record<string, string | undefined>>
}

/** The configuration cannot be used; every fault with its place and cause. */
export class ConfigurationError extends Error {
  readonly code = 'CONFIGURATION_INVALID'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'ConfigurationError'
    this.faults = faults
  }
}

/** Where each setting was given, for messages. */
type Origins = Map<string, string>

/**
 * The effective configuration: flag before environment before `…_FILE` before file before default.
 * @throws ConfigurationError naming file, line and column, variable or flag, and the cause.
 */
export async function loadConfiguration(sources: ConfigurationSources): Promise<Configuration> {
  const known = new Set(SETTING_PLACES.map(({ path }) => path.join('.')))
  const unknown = Object.keys(sources.flags).filter((name) => !known.has(name))
  if (unknown.length > 0) throw new ConfigurationError(unknown.map((name) => `command line: ${name}: no such setting`))
  const origins: Origins = new Map()
  const tree = await readTree(sources, origins)
  for (const place of SETTING_PLACES) {
    const dotted = place.path.join('.')
    const given = await textOf(dotted, environmentName(place), { sources, secret: place.secret === true })
    if (given === undefined) continue
    setAt(tree, place.path, settingValue(place.kind, given.text))
    origins.set(dotted, given.from)
  }
  const read = configurationSchema.safeParse(tree)
  if (!read.success) {
    throw new ConfigurationError(
      read.error.issues.map((issue) => {
        const path = issue.path.map(String)
        return `${originOf(path, origins)}${path.join('.') || 'configuration'}: ${issue.message}`
      }),
    )
  }
  const configuration = withDefaults(read.data satisfies GivenConfiguration, hostname())
  const faults = configurationFaults(configuration)
  if (faults.length > 0) throw new ConfigurationError(faults)
  return configuration
}

interface Asked {
  readonly sources: ConfigurationSources
  readonly secret: boolean
}

async function textOf(dotted: string, variable: string, { sources, secret }: Asked) {
  const flag = sources.flags[dotted]
  if (flag !== undefined) return { text: flag, from: 'command line: ' }
  const value = sources.environment[variable]
  if (value !== undefined) return { text: value, from: `environment ${variable}: ` }
  const path = secret ? sources.environment[`${variable}_FILE`] : undefined
  if (path === undefined) return undefined
  const from = `environment ${variable}_FILE, file ${path}: `
  return { text: (await readNamedFile(path, `${from}${dotted}`)).trim(), from }
}

async function readTree({ file, defaultFile }: ConfigurationSources, origins: Origins): Promise<Tree> {
  const path = file ?? defaultFile
  if (path === undefined) return {}
  const text = file === undefined ? await readFile(path, 'utf8').catch(() => '') : await readNamedFile(path, 'file')
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}: `
  }
  const [fault] = document.errors
  if (fault !== undefined) throw new ConfigurationError([`${at(fault.pos[0])}${fault.message}`])
  const tree: unknown = document.toJS() ?? {}
  if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) {
    throw new ConfigurationError([`${path}:1:1: the file must hold settings by name`])
  }
  origins.set('', `${path}: `)
  notePlaces([], tree, (keys) => {
    const node: unknown = document.getIn(keys, true)
    const offset = isNode(node) ? node.range?.[0] : undefined
    if (offset !== undefined) origins.set(keys.join('.'), at(offset))
  })
  return tree as Tree // an object, and all its names are text in YAML's core schema
}

type Tree = Record<string, unknown>

function notePlaces(path: readonly string[], value: object, note: (path: readonly string[]) => void): void {
  const settings = value as Tree // settings by name
  for (const [name, inner] of Object.entries(settings)) {
    note([...path, name])
    if (typeof inner === 'object' && inner !== null) notePlaces([...path, name], inner, note)
  }
}

function originOf(path: readonly string[], origins: Origins): string {
  for (let length = path.length; length >= 0; length--) {
    const origin = origins.get(path.slice(0, length).join('.'))
    if (origin !== undefined) return origin
  }
  return ''
}

function setAt(tree: Tree, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    tree[name] = value
    return
  }
  const inner = tree[name]
  const branch: Tree = typeof inner === 'object' && inner !== null ? (inner as Tree) : {} // a part of the tree of settings
  tree[name] = branch
  setAt(branch, rest, value)
}

function readNamedFile(path: string, what: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new ConfigurationError([`${what}: ${path} cannot be read (${code})`])
  })
}
