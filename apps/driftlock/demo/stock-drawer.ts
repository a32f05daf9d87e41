import { ROOT_SECURITY_DOMAIN_ID } from '@driftlock/application'
import type { Instance } from '../instance/open-instance.ts'
import { DEMO_DOMAINS, DEMO_SPARES, type DemoDomain } from './demo-people.ts'
import type { DemoToken } from './demo-report.ts'
import { makeDemoToken } from './make-demo-token.ts'

const FIRST_SPARE_SERIAL = 390_000_001

/** Lays tokens that belong to nobody into the drawer of every domain, so that assigning and replacing can be tried. */
export async function stockDrawer(
  instance: Instance,
  domains: ReadonlyMap<DemoDomain, string>,
): Promise<readonly DemoToken[]> {
  const now = instance.clock.now()
  const places = DEMO_DOMAINS.flatMap((domain) => DEMO_SPARES.map((kind) => ({ domain, kind })))
  const made = places.map(({ domain, kind }, place) =>
    makeDemoToken(instance, {
      kind,
      serial: String(FIRST_SPARE_SERIAL + place).padStart(12, '0'),
      state: 'normal',
      userId: null,
      securityDomainId: domains.get(domain) ?? ROOT_SECURITY_DOMAIN_ID,
      now,
    }),
  )
  await instance.store.administration.transaction(async (tx) => {
    for (const { row } of made) await tx.tokens.insert(row)
  })
  return made.map(({ shown }) => shown)
}
