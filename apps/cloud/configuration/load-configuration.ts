import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { isNode, LineCounter, parseDocument } from 'yaml'
import { type CloudConfiguration, cloudConfigurationFaults, cloudConfigurationSchema } from './configuration.ts'

/** The configuration cannot be used; every fault with its place and cause. */
export class CloudConfigurationError extends Error {
  readonly code = 'CONFIGURATION_INVALID'

  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
    this.name = 'CloudConfigurationError'
  }
}

/**
 * Reads the YAML file of a cloud access service; names of files in it are relative to it.
 * @throws CloudConfigurationError naming file, line and column, and the cause.
 */
export async function loadCloudConfiguration(path: string): Promise<CloudConfiguration> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new CloudConfigurationError([`${path}: cannot be read`])
  })
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}: `
  }
  const [fault] = document.errors
  if (fault !== undefined) throw new CloudConfigurationError([`${at(fault.pos[0])}${fault.message}`])
  const read = cloudConfigurationSchema.safeParse(document.toJS() ?? {})
  if (!read.success) {
    throw new CloudConfigurationError(
      read.error.issues.map((issue) => {
        const place = issue.path.map((part) => (typeof part === 'symbol' ? part.toString() : part))
        const node: unknown = document.getIn(place, true)
        const offset = isNode(node) ? node.range?.[0] : undefined
        return `${offset === undefined ? `${path}: ` : at(offset)}${place.join('.') || 'configuration'}: ${issue.message}`
      }),
    )
  }
  const faults = cloudConfigurationFaults(read.data)
  if (faults.length > 0) throw new CloudConfigurationError(faults.map((one) => `${path}: ${one}`))
  return withAbsoluteFiles(read.data, dirname(resolve(path)))
}

function withAbsoluteFiles(given: CloudConfiguration, folder: string): CloudConfiguration {
  const at = (path: string): string => resolve(folder, path)
  const { database, masterKeyFile, listen } = given
  const { tls } = listen
  return {
    ...given,
    dataFolder: at(given.dataFolder),
    ...(database !== undefined && { database: /^postgres(ql)?:\/\//.test(database) ? database : at(database) }),
    ...(masterKeyFile !== undefined && { masterKeyFile: at(masterKeyFile) }),
    listen: {
      ...listen,
      ...(tls !== undefined && { tls: { certificateFile: at(tls.certificateFile), keyFile: at(tls.keyFile) } }),
    },
  }
}
