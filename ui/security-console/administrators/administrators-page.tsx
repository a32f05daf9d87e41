import { type Administrator, administratorEndpoints } from '@driftlock/contracts'
import {
  CodeList,
  type Column,
  Moment,
  ownField,
  PageFrame,
  QueryView,
  RowsTable,
  TextField,
  useApiAction,
  useApiQuery,
} from '@driftlock/ui-kit'
import { Button, Content } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { useMay } from '../session/session-context.ts'

/** Administration > Administrators: who may do something, and where. */
export function AdministratorsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const administrators = useApiQuery(administratorEndpoints.listAdministrators, {})
  const [adding, setAdding] = useState(false)
  const columns: readonly Column<Administrator>[] = [
    {
      id: 'name',
      title: t('administrators.name'),
      cell: ({ user }) => <Link to={`/administrators/${user.id}`}>{user.displayName}</Link>,
    },
    {
      id: 'roles',
      title: t('administrators.roles'),
      cell: ({ assignments }) => assignments.map((one) => `${one.roleName} (${one.scope.path})`).join(', '),
    },
    { id: 'lastLogOn', title: t('administrators.lastLogOn'), cell: (one) => <Moment atMs={one.lastLogOnAt} /> },
    {
      id: 'pending',
      title: t('administrators.setUp'),
      cell: (one) => (one.setUpPending ? t('administrators.pending') : ''),
    },
  ]
  return (
    <PageFrame
      title={t('menu.administrators')}
      actions={
        may('create-administrator') && <Button onClick={() => setAdding(true)}>{t('administrators.add')}</Button>
      }
    >
      <QueryView query={administrators}>
        {({ items }) => (
          <RowsTable
            label={t('menu.administrators')}
            rows={items}
            columns={columns}
            keyOf={(one) => one.user.id}
            nameOf={(one) => one.user.username}
          />
        )}
      </QueryView>
      {adding && <AddAdministratorDialog onClose={() => setAdding(false)} />}
    </PageFrame>
  )
}

function AddAdministratorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [user, setUser] = useState('')
  const create = useApiAction(administratorEndpoints.createAdministrator, { invalidates: ['/api/v1/administrators'] })
  return (
    <FormDialog
      title={t('administrators.add')}
      lead={t('administrators.addLead')}
      submitLabel={t('administrators.add')}
      onSubmit={() => create.mutate({ body: { userId: user.trim() } })}
      onClose={onClose}
      error={create.error}
      isBusy={create.isPending}
      isDone={create.isSuccess}
    >
      {create.data ? (
        <>
          <Content component="p">{t('administrators.setUpCode')}</Content>
          <CodeList label={t('administrators.setUp')} codes={[create.data.setupCode]} />
        </>
      ) : (
        <TextField
          field={ownField({ name: 'user', value: user, onChange: setUser, required: true, maxLength: 255 })}
          label={t('assign.user')}
          help={t('assign.userHelp')}
        />
      )}
    </FormDialog>
  )
}
