import type { CloudPage, CloudCalls, HaPorts } from '@driftlock/application'

type Told = Pick<CloudPage, 'companyId' | 'records'>

/** Ports whose cloud sends other pages than it does: as if the cloud itself were wrong, for its signature holds. */
function withPages(change: <P extends Told>(page: P) => P): (ports: HaPorts) => HaPorts {
  return (ports) => ({
    ...ports,
    cloud: {
      register: (request) => ports.cloud.register(request),
      open(access): CloudCalls {
        const session = ports.cloud.open(access)
        return {
          ...session,
          feed: async (after, limit) => change(await session.feed(after, limit)),
          userRecords: async (attribute) => change(await session.userRecords(attribute)),
        }
      },
    },
  })
}

/** Notes the sealed seeds that a manager is sent, by record. */
export function readingSeeds(into: Map<string, string>): (ports: HaPorts) => HaPorts {
  return withPages((page) => {
    for (const { recordId, sealedSeed } of page.records) if (sealedSeed !== undefined) into.set(recordId, sealedSeed)
    return page
  })
}

/** Sends seeds that were sealed to another manager. */
export function swappingSeeds(seeds: ReadonlyMap<string, string>): (ports: HaPorts) => HaPorts {
  return withPages((page) => ({
    ...page,
    records: page.records.map((record) => {
      const sealedSeed = seeds.get(record.recordId)
      return sealedSeed === undefined ? record : { ...record, sealedSeed }
    }),
  }))
}

/** Sends pages of another company. */
export function ofCompany(companyId: string): (ports: HaPorts) => HaPorts {
  return withPages((page) => ({ ...page, companyId }))
}
