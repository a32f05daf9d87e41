import { userEndpoints } from '@driftlock/contracts'
import { PageFrame, QueryView, useApiAction, useTaggedQuery } from '@driftlock/ui-kit'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { UserForm } from './user-form.tsx'

/** Identity > Users > new. */
export function CreateUserPage() {
  const { t } = useTranslation()
  const action = useApiAction(userEndpoints.createUser, { invalidates: ['/api/v1/users'] })
  useGoToUser(action.data?.id)
  return (
    <PageFrame title={t('users.create')} above={[{ to: '/users', title: t('menu.users') }]}>
      <UserForm
        error={action.error}
        isBusy={action.isPending}
        isSaved={action.isSuccess}
        onSave={(body) => action.mutate({ body })}
      />
    </PageFrame>
  )
}

/** Changes of one user; somebody else's meanwhile are not overwritten. */
export function EditUserPage() {
  const { t } = useTranslation()
  const { userId = '' } = useParams()
  const user = useTaggedQuery(userEndpoints.getUser, { params: { userId } })
  const action = useApiAction(userEndpoints.updateUser, { invalidates: ['/api/v1/users'] })
  useGoToUser(action.data?.id)
  return (
    <QueryView query={user}>
      {({ value, etag }) => (
        <PageFrame title={t('users.edit')} above={[{ to: `/users/${value.id}`, title: value.displayName }]}>
          <UserForm
            user={value}
            error={action.error}
            isBusy={action.isPending}
            isSaved={action.isSuccess}
            onSave={(body) => action.mutate({ params: { userId }, etag, body })}
          />
        </PageFrame>
      )}
    </QueryView>
  )
}

/** Goes on once the form no longer guards unsaved changes. */
function useGoToUser(userId: string | undefined): void {
  const navigate = useNavigate()
  useEffect(() => {
    if (userId !== undefined) void navigate(`/users/${userId}`)
  }, [userId, navigate])
}
