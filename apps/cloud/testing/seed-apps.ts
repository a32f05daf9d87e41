import { type NewAppDevice, newApp, newCloudUser } from '@driftlock/application'
import { seedContext } from '@driftlock/application'
import { NEW_APP_TOKENCODE } from '@driftlock/domain'
import type { Cloud } from '../instance/open-cloud.ts'

export interface SeededApp {
  readonly attribute: string
  readonly serial: string
  readonly deviceId: string
  readonly userId: string
}

export interface SeedAppsOptions {
  readonly companyId: string
  readonly sourceId: string
  readonly count: number
  /** The n-th user's attribute; default `user0000000`. */
  readonly attribute?: (index: number) => string
  /** Seed of the n-th app; default random. */
  readonly seed?: (index: number) => Uint8Array
  /** Told of what was written, so that a million need not be kept. */
  readonly onSeeded?: (app: SeededApp, index: number) => void
}

const AT_ONCE = 5000

/** Users with a registered app each, written in bulk; each transaction has one change time, as an import has. */
export async function seedApps(cloud: Cloud, options: SeedAppsOptions): Promise<void> {
  const { companyId, sourceId, count, attribute = numbered, seed = () => randomSeed(cloud) } = options
  for (let from = 0; from < count; from += AT_ONCE) {
    const indices = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, offset) => from + offset)
    const users = indices.map((index) =>
      newCloudUser(cloud, { companyId, sourceId, attribute: attribute(index), displayName: '' }),
    )
    await cloud.cloud.transaction(async (tx) => {
      const changeTime = await tx.changeTime(companyId)
      const apps = users.map((user, offset): NewAppDevice => {
        const device = newApp(cloud, { companyId, userId: user.id, publicName: 'Virtual phone' })
        const proven = { status: 'active', proofUntil: null, provenAt: changeTime, changeTime } as const
        const sealed = cloud.keys.seal('seed', seedContext(device.id), seed(from + offset))
        return { device: { ...device, ...proven }, seed: sealed }
      })
      await tx.insertUsers(users)
      await tx.insertDevices(apps)
      for (const [offset, { device }] of apps.entries()) {
        const name = users[offset]?.attribute ?? ''
        options.onSeeded?.(
          { attribute: name, serial: device.serial, deviceId: device.id, userId: device.userId },
          from + offset,
        )
      }
    })
  }
  await cloud.cloud.analyse()
}

function numbered(index: number): string {
  return `user${String(index).padStart(7, '0')}`
}

function randomSeed({ random }: Cloud): Uint8Array {
  return random.bytes(NEW_APP_TOKENCODE.seedOctets)
}
