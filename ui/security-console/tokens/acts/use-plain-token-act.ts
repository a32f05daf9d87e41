import {
  distributionEndpoints,
  emergencyAccessEndpoints,
  type TokenSummary,
  tokenEndpoints,
} from '@driftlock/contracts'
import { useApi, useConfirm } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { useAct } from '../../acts/use-act.ts'
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
    const input = { params: { tokenId: token.id } }
    if (asks.has(name)) {
      const confirmed = await confirm({
        title: t(`tokenActs.${name}.question`, { serial }),
        body: t(`tokenActs.${name}.meaning`),
        confirmLabel: t(`tokenActs.${name}.title`),
        danger: ['unassign', 'delete', 'clear-pin'].includes(name),
      })
      if (!confirmed) return
    }
    const done = t(`tokenActs.${name}.done`, { serial })
    const { enableToken, disableToken, markTokenLost } = tokenEndpoints
    switch (name) {
      case 'enable':
        await act(enableToken, input, { done, undo: () => api.call(disableToken, input) })
        return
      case 'disable':
        await act(disableToken, input, { done, undo: () => api.call(enableToken, input) })
        return
      case 'mark-lost':
      case 'mark-found': {
        const lost = name === 'mark-lost'
        const undo = () => api.call(markTokenLost, { ...input, body: { lost: !lost } })
        await act(markTokenLost, { ...input, body: { lost } }, { done, undo })
        return
      }
      case 'clear-pin':
        await act(tokenEndpoints.clearPin, input, { done })
        return
      case 'force-new-pin':
        await act(tokenEndpoints.forceNewPin, input, { done })
        return
      case 'end-emergency':
        await act(emergencyAccessEndpoints.endEmergencyAccess, input, { done })
        return
      case 'unassign':
        await act(tokenEndpoints.unassignToken, input, { done })
        return
      case 'undo-redistribution':
        await act(distributionEndpoints.undoRedistribution, input, { done })
        return
      case 'delete':
        await act(tokenEndpoints.deleteToken, { ...input, etag: `"${token.version}"` }, { done })
        return
      default:
    }
  }
}
