import { readFile } from 'node:fs/promises'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { ConfigurationError } from './configuration-error.ts'

/** Settings by name; what a setting is worth, a schema says. */
export type Settings = Record<string, unknown>

/** Where a setting stands, as `file:line:column: `; undefined where it was not given. */
export type PlaceOf = (path: readonly PropertyKey[]) => string | undefined

export interface SettingsFile {
  readonly settings: Settings
  readonly placeOf: PlaceOf
}

/**
 * Reads a YAML file of settings. An empty file has none.
 * @throws ConfigurationError naming file, line and column, and the cause: it cannot be read, is no YAML, holds no names.
 */
export async function readSettingsFile(path: string): Promise<SettingsFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new ConfigurationError([`file: ${path} cannot be read (${code})`])
  })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}: `
  }
  const [fault] = document.errors
  if (fault !== undefined) throw new ConfigurationError([`${at(fault.pos[0])}${fault.message}`])
  const settings: unknown = document.toJS() ?? {}
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new ConfigurationError([`${path}:1:1: the file must hold settings by name`])
  }
  return {
    settings: settings as Settings, // an object, and all its names are text in YAML's core schema
    placeOf(place) {
      if (place.length === 0) return `${path}: `
      const node: unknown = document.getIn(place, true)
      const offset = isNode(node) ? node.range?.[0] : undefined
      return offset === undefined ? undefined : at(offset)
    },
  }
}
