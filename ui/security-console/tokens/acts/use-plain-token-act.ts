import {
  distributionEndpoints,
  emergencyAccessEndpoints,
  type TokenSummary,
  tokenEndpoints,
} from '@driftlock/contracts'
import { type ApiClient, useApi, useConfirm } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { type Act, useAct } from '../../acts/use-act.ts'
import type { TokenActName } from './token-act.ts'

const asks: ReadonlySet<TokenActName> = new Set([
  'clear-pin',
  'force-new-pin',
  'disable',
  'mark-lost',
  'end-emergency',
  'unassign',
  'undo-redistribution',
  'delete',
])

/** The acts that need no more than a yes. Undo is offered where the opposite act exists; the others ask before. */
export function usePlainTokenAct(): (name: TokenActName, token: TokenSummary) => Promise<void> {
  const { t } = useTranslation()
  const api = useApi()
  const act = useAct()
  const confirm = useConfirm()
  return async (name, token) => {
    const { serial } = token
    if (asks.has(name)) {
      const confirmed = await confirm({
        title: t(`tokenActs.${name}.question`, { serial }),
        body: t(`tokenActs.${name}.meaning`),
        confirmLabel: t(`tokenActs.${name}.title`),
        danger: ['unassign', 'delete', 'clear-pin'].includes(name),
      })
      if (!confirmed) return
    }
    await plainActs[name]?.({ token, act, api, done: t(`tokenActs.${name}.done`, { serial }) })
  }
}

interface Means {
  readonly token: TokenSummary
  readonly act: Act
  readonly api: ApiClient
  /** What is said when it is done. */
  readonly done: string
}

const inputOf = ({ id }: TokenSummary) => ({ params: { tokenId: id } })

const { enableToken, disableToken, markTokenLost, clearPin, forceNewPin, unassignToken, deleteToken } = tokenEndpoints

/** What each act asks of the API; the acts that open a dialog are not here. */
const plainActs: Partial<Record<TokenActName, (means: Means) => Promise<unknown>>> = {
  enable: ({ token, act, api, done }) =>
    act(enableToken, inputOf(token), { done, undo: () => api.call(disableToken, inputOf(token)) }),
  disable: ({ token, act, api, done }) =>
    act(disableToken, inputOf(token), { done, undo: () => api.call(enableToken, inputOf(token)) }),
  'mark-lost': (means) => markLost(means, true),
  'mark-found': (means) => markLost(means, false),
  'clear-pin': ({ token, act, done }) => act(clearPin, inputOf(token), { done }),
  'force-new-pin': ({ token, act, done }) => act(forceNewPin, inputOf(token), { done }),
  'end-emergency': ({ token, act, done }) => act(emergencyAccessEndpoints.endEmergencyAccess, inputOf(token), { done }),
  unassign: ({ token, act, done }) => act(unassignToken, inputOf(token), { done }),
  'undo-redistribution': ({ token, act, done }) =>
    act(distributionEndpoints.undoRedistribution, inputOf(token), { done }),
  delete: ({ token, act, done }) => act(deleteToken, { ...inputOf(token), etag: `"${token.version}"` }, { done }),
}

function markLost({ token, act, api, done }: Means, lost: boolean): Promise<unknown> {
  const input = inputOf(token)
  const undo = () => api.call(markTokenLost, { ...input, body: { lost: !lost } })
  return act(markTokenLost, { ...input, body: { lost } }, { done, undo })
}
