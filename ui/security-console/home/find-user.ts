import { userEndpoints } from '@driftlock/contracts'
import type { ApiClient } from '@driftlock/ui-kit'

/** Address of the one user that a text names; of the list where several or none match. */
export async function addressFor(api: ApiClient, text: string): Promise<string> {
  const page = await api.call(userEndpoints.listUsers, { query: { text, limit: 2 } }).catch(() => ({ items: [] }))
  const [only, another] = page.items
  return only && !another ? `/users/${only.id}` : `/?q=${encodeURIComponent(text)}`
}
