import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { configurationFaults, configurationSchema, type WebAgentConfiguration } from './configuration.ts'

/** The configuration cannot be used; every fault with its place and cause. */
export class WebAgentConfigurationError extends Error {
  readonly code = 'CONFIGURATION_INVALID'
  readonly faults: readonly string[]

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'WebAgentConfigurationError'
    this.faults = faults
  }
}

/**
 * Reads a web agent's YAML file; names of files in it are relative to it.
 * @throws WebAgentConfigurationError naming file, line and column, and the cause.
 */
export async function loadWebAgentConfiguration(path: string): Promise<WebAgentConfiguration> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new WebAgentConfigurationError([`${path}: cannot be read`])
  })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}: `
  }
  const [fault] = document.errors
  if (fault !== undefined) throw new WebAgentConfigurationError([`${at(fault.pos[0])}${fault.message}`])
  const read = configurationSchema.safeParse(document.toJS() ?? {})
  if (!read.success) {
    throw new WebAgentConfigurationError(
      read.error.issues.map((issue) => {
        const place = issue.path.map((part) => (typeof part === 'symbol' ? part.toString() : part))
        const node: unknown = document.getIn(place, true)
        const offset = isNode(node) ? node.range?.[0] : undefined
        return `${offset === undefined ? `${path}: ` : at(offset)}${place.join('.') || 'configuration'}: ${issue.message}`
      }),
    )
  }
  const faults = configurationFaults(read.data)
  if (faults.length > 0) throw new WebAgentConfigurationError(faults.map((one) => `${path}: ${one}`))
  return withAbsoluteFiles(read.data, dirname(resolve(path)))
}

function withAbsoluteFiles(given: WebAgentConfiguration, folder: string): WebAgentConfiguration {
  const { agent, cookieKeyFile, listen, site, sessions, looks } = given
  const at = (path: string): string => resolve(folder, path)
  const { tls } = listen
  return {
    ...given,
    agent: { ...agent, keyFile: at(agent.keyFile) },
    cookieKeyFile: at(cookieKeyFile),
    listen: {
      ...listen,
      ...(tls !== undefined && { tls: { certificateFile: at(tls.certificateFile), keyFile: at(tls.keyFile) } }),
    },
    ...(site !== undefined && { site: { ...site, ...(site.folder !== undefined && { folder: at(site.folder) }) } }),
    sessions: { ...sessions, ...(sessions.logOffFile !== undefined && { logOffFile: at(sessions.logOffFile) }) },
    looks: looks.map((look) => ({
      ...look,
      ...(look.logoFile !== undefined && { logoFile: at(look.logoFile) }),
      ...(look.templates !== undefined && { templates: at(look.templates) }),
    })),
  }
}
