import { type Cloud, loadCloudConfiguration, openCloud } from '@driftlock/cloud'
import type { View } from '../terminal/view.ts'

export interface ConfigOption {
  readonly config: string
}

/** What of a service's configuration opens its store and keys. */
export async function cloudOpeningOf({ config }: ConfigOption) {
  const { dataFolder, database, masterKeyFile, allowUnsafeDatabase } = await loadCloudConfiguration(config)
  return { dataFolder, database, masterKeyFile, allowUnsafeDatabase, environment: process.env }
}

/** Opens the service of the configuration, does the work, and closes it. */
export async function onCloud(options: ConfigOption, work: (cloud: Cloud) => Promise<View>): Promise<View> {
  return closing(await openCloud(await cloudOpeningOf(options)), work)
}

export async function closing(cloud: Cloud, work: (cloud: Cloud) => Promise<View>): Promise<View> {
  try {
    return await work(cloud)
  } finally {
    await cloud.close()
  }
}
