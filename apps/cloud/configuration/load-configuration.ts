import { checkedSettings, ConfigurationError, readSettingsFile } from '@driftlock/configuration-file'
import { dirname, resolve } from 'node:path'
import { type CloudConfiguration, cloudConfigurationFaults, cloudConfigurationSchema } from './configuration.ts'

/**
 * Reads the YAML file of a cloud access service; names of files in it are relative to it.
 * @throws ConfigurationError naming file, line and column, and the cause.
 */
export async function loadCloudConfiguration(path: string): Promise<CloudConfiguration> {
  const { settings, placeOf } = await readSettingsFile(path)
  const configuration = checkedSettings(cloudConfigurationSchema, settings, placeOf)
  const faults = cloudConfigurationFaults(configuration)
  if (faults.length > 0) throw new ConfigurationError(faults.map((one) => `${path}: ${one}`))
  return withAbsoluteFiles(configuration, dirname(resolve(path)))
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
