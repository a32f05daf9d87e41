import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { textOf } from '../text-bytes.ts'
import { radiusSecretContext, type ShownRadiusClient } from './radius-client-facts.ts'

/** A RADIUS client with its shared secret opened: for the listener alone; keep it out of logs. */
export interface OpenedRadiusClient extends ShownRadiusClient {
  readonly sharedSecret: string
}

/** Every enabled RADIUS client, for the listener's table; read it again when the configuration version rises. */
export async function openedRadiusClients({
  administration: { read },
  keys,
}: Pick<AdministrationPorts, 'administration' | 'keys'>): Promise<readonly OpenedRadiusClient[]> {
  const opened: OpenedRadiusClient[] = []
  for (let after: string | undefined; ; ) {
    const { items, next } = await read.clients.radiusClients({}, { limit: 500, ...(after !== undefined && { after }) })
    for (const { secret, ...shown } of items) {
      if (!shown.enabled) continue
      const sharedSecret = textOf(keys.open('radius-secret', radiusSecretContext(shown.id), secret))
      opened.push({ ...shown, sharedSecret })
    }
    if (next === undefined) return opened
    after = next
  }
}
