import { type SecurityDomain, securityDomainEndpoints } from '@driftlock/contracts'
import { useConfirm } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'

/** Deletes an empty security domain after a question. */
export function useDeleteDomain(): (domain: SecurityDomain) => Promise<void> {
  const { t } = useTranslation()
  const act = useAct()
  const confirm = useConfirm()
  return async ({ id, name, version }) => {
    const confirmed = await confirm({
      title: t('domains.deleteOf', { name }),
      body: t('domains.deleteMeaning'),
      confirmLabel: t('domains.delete'),
      danger: true,
    })
    if (!confirmed) return
    const input = { params: { securityDomainId: id }, etag: `"${version}"` }
    await act(securityDomainEndpoints.deleteSecurityDomain, input, { done: t('domains.deleted', { name }) })
  }
}
