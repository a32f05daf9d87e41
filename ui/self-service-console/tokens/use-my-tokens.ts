import { type MyToken, selfServiceEndpoints } from '@driftlock/contracts'
import { useApiQuery } from '@driftlock/ui-kit'

/** The tokens of the one who is logged on. */
export function useMyTokens() {
  return useApiQuery(selfServiceEndpoints.listMyTokens, {})
}

/** What goes stale when something was done to a token: the tokens and the history. */
export const afterTokenActs = ['/api/v1/self-service/tokens', '/api/v1/self-service/log-ons']

/** What to call a token: its nickname, else its serial. */
export function tokenName({ nickname, serial }: Pick<MyToken, 'nickname' | 'serial'>): string {
  return nickname === '' ? serial : nickname
}
