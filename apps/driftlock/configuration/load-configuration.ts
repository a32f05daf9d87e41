import {
  checkedSettings,
  ConfigurationError,
  readSettingsFile,
  type Settings,
  type SettingsFile,
} from '@driftlock/configuration-file'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import {
  type Configuration,
  configurationFaults,
  configurationSchema,
  type GivenConfiguration,
  withDefaults,
} from './configuration.ts'
import { environmentName, SETTING_PLACES, settingValue } from './setting-sources.ts'
import { isServiceAddress } from './unknown-variables.ts'

export interface ConfigurationSources {
  /** Named by the operator: it must be there. */
  readonly file?: string
  /** Looked at when no file is named; may be missing. */
  readonly defaultFile?: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** From the command line, by dotted path; text. */
  readonly flags: Readonly<Record<string, string | undefined>>
}

/**
 * The effective configuration: flag before environment before `…_FILE` before file before default.
 * @throws ConfigurationError naming file, line and column, variable or flag, and the cause.
 */
export async function loadConfiguration(sources: ConfigurationSources): Promise<Configuration> {
  const known = new Set(SETTING_PLACES.map(({ path }) => path.join('.')))
  const unknown = Object.keys(sources.flags).filter((name) => !known.has(name))
  if (unknown.length > 0) throw new ConfigurationError(unknown.map((name) => `command line: ${name}: no such setting`))
  const { settings, placeOf } = await fileOf(sources)
  /** Where a setting was given that the file does not have the last word on. */
  const origins = new Map<string, string>()
  for (const place of SETTING_PLACES) {
    const dotted = place.path.join('.')
    const given = await textOf(dotted, environmentName(place), { sources, secret: place.secret === true })
    if (given === undefined || (place.kind === 'number' && isServiceAddress(given.text))) continue
    setAt(settings, place.path, settingValue(place.kind, given.text))
    origins.set(dotted, given.from)
  }
  const read = checkedSettings(configurationSchema, settings, (path) => origins.get(path.join('.')) ?? placeOf(path))
  const configuration = withDefaults(read satisfies GivenConfiguration, hostname())
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

async function fileOf({ file, defaultFile }: ConfigurationSources): Promise<SettingsFile> {
  if (file !== undefined) return readSettingsFile(file)
  const hasDefault = defaultFile !== undefined && existsSync(defaultFile)
  return hasDefault ? readSettingsFile(defaultFile) : { settings: {}, placeOf: () => undefined }
}

function setAt(tree: Settings, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    tree[name] = value
    return
  }
  const inner = tree[name]
  const branch: Settings = typeof inner === 'object' && inner !== null ? (inner as Settings) : {} // a part of the tree of settings
  tree[name] = branch
  setAt(branch, rest, value)
}

function readNamedFile(path: string, what: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new ConfigurationError([`${what}: ${path} cannot be read (${code})`])
  })
}
