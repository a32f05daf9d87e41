import { checkedSettings, ConfigurationError, readSettingsFile } from '@driftlock/configuration-file'
import { dirname, resolve } from 'node:path'
import { configurationFaults, configurationSchema, type WebAgentConfiguration } from './configuration.ts'

/**
 * Reads a web agent's YAML file; names of files in it are relative to it.
 * @throws ConfigurationError naming file, line and column, and the cause.
 */
export async function loadWebAgentConfiguration(path: string): Promise<WebAgentConfiguration> {
  const { settings, placeOf } = await readSettingsFile(path)
  const configuration = checkedSettings(configurationSchema, settings, placeOf)
  const faults = configurationFaults(configuration)
  if (faults.length > 0) throw new ConfigurationError(faults.map((one) => `${path}: ${one}`))
  return withAbsoluteFiles(configuration, dirname(resolve(path)))
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
