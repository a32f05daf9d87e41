import { type Agent, agentEndpoints } from '@driftlock/contracts'
import { useConfirm } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'

/** What can be done to an agent after a question; `onKey` is given the new client key. */
export function useAgentActs(onKey: (clientKey: string) => void) {
  const { t } = useTranslation()
  const act = useAct()
  const confirm = useConfirm()
  return {
    renew: async ({ id, name }: Agent) => {
      const title = t('agents.renewQuestion', { name })
      if (!(await confirm({ title, body: t('agents.renewMeaning'), confirmLabel: t('agents.renew'), danger: true })))
        return
      const answer = await act(agentEndpoints.renewAgentKey, { params: { agentId: id } })
      if (answer) onKey(answer.clientKey)
    },
    remove: async ({ id, name, version }: Agent) => {
      const title = t('agents.deleteQuestion', { name })
      if (!(await confirm({ title, body: t('agents.deleteMeaning'), confirmLabel: t('agents.delete'), danger: true })))
        return
      const input = { params: { agentId: id }, etag: `"${version}"` }
      await act(agentEndpoints.deleteAgent, input, { done: t('agents.deleted', { name }) })
    },
  }
}
