import { type RadiusClient, radiusClientEndpoints } from '@driftlock/contracts'
import { useConfirm } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'

/** Deletes a RADIUS client after a question. */
export function useRemoveRadiusClient(): (client: RadiusClient) => Promise<void> {
  const { t } = useTranslation()
  const act = useAct()
  const confirm = useConfirm()
  return async ({ id, name, version }) => {
    const title = t('radius.deleteQuestion', { name })
    if (!(await confirm({ title, body: t('radius.deleteMeaning'), confirmLabel: t('radius.delete'), danger: true })))
      return
    const input = { params: { radiusClientId: id }, etag: `"${version}"` }
    await act(radiusClientEndpoints.deleteRadiusClient, input, { done: t('radius.deleted', { name }) })
  }
}
