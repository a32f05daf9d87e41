import { type UserDetails, userEndpoints } from '@driftlock/contracts'
import { useApi, useConfirm } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useAct } from '../../acts/use-act.ts'

/** What can be done to a user with a click. */
export function useUserActs(user: Pick<UserDetails, 'id' | 'username' | 'displayName' | 'version'>) {
  const { t } = useTranslation()
  const act = useAct()
  const api = useApi()
  const confirm = useConfirm()
  const navigate = useNavigate()
  const input = { params: { userId: user.id } }
  const name = user.displayName
  const { enableUser, disableUser, unlockUser, deleteUser } = userEndpoints
  return {
    unlock: () => act(unlockUser, input, { done: t('users.unlocked', { name }) }),
    enable: () =>
      act(enableUser, input, { done: t('users.enabled', { name }), undo: () => api.call(disableUser, input) }),
    disable: async () => {
      const confirmed = await confirm({
        title: t('users.disableQuestion', { name }),
        body: t('users.disableMeaning'),
        confirmLabel: t('users.disable'),
      })
      const done = t('users.disabled', { name })
      if (confirmed) await act(disableUser, input, { done, undo: () => api.call(enableUser, input) })
    },
    remove: async () => {
      const confirmed = await confirm({
        title: t('users.deleteQuestion', { name }),
        body: t('users.deleteMeaning'),
        confirmLabel: t('users.delete'),
        danger: true,
      })
      if (!confirmed) return
      const etag = `"${user.version}"`
      const answer = await act(deleteUser, { ...input, etag }, { done: t('users.deleted', { name }) })
      if (answer === null) await navigate('/users')
    },
  }
}
