import { administratorEndpoints, type Role } from '@driftlock/contracts'
import { type Column, PageFrame, QueryView, RowsTable, useApiQuery, useConfirm } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAct } from '../acts/use-act.ts'
import { type Shown, useShown } from '../lists/use-shown.ts'
import { useMay } from '../session/session-context.ts'
import { RoleDialog } from './role-dialog.tsx'

/** Administration > Roles: what each holds. The predefined ones cannot be changed. */
export function RolesPage() {
  const { t } = useTranslation()
  const may = useMay()
  const roles = useApiQuery(administratorEndpoints.listRoles, {})
  const shown = useShown()
  const shownRole = roles.data?.items.find((role) => role.id === shown.id)
  const [creating, setCreating] = useState(false)
  const columns = useRoleColumns(shown)
  const rowActions = useRowActions(shown)
  return (
    <PageFrame
      title={t('menu.roles')}
      actions={may('assign-role') && <Button onClick={() => setCreating(true)}>{t('roles.create')}</Button>}
    >
      <QueryView query={roles}>
        {({ items }) => (
          <RowsTable
            label={t('menu.roles')}
            rows={items}
            columns={columns}
            keyOf={(role) => role.id}
            nameOf={(role) => role.name}
            rowActions={rowActions}
          />
        )}
      </QueryView>
      {shownRole && <RoleDialog key={shownRole.id} role={shownRole} onClose={shown.close} />}
      {creating && <RoleDialog onClose={() => setCreating(false)} />}
    </PageFrame>
  )
}

function useRoleColumns(shown: Shown): readonly Column<Role>[] {
  const { t } = useTranslation()
  return [
    { id: 'name', title: t('roles.name'), cell: ({ id, name }) => <Link to={shown.toShow(id)}>{name}</Link> },
    { id: 'kind', title: t('roles.kind'), cell: (role) => t(role.predefined ? 'roles.predefined' : 'roles.own') },
    { id: 'count', title: t('roles.permissions'), cell: (role) => role.permissions.length },
  ]
}

function useRowActions(shown: Shown) {
  const { t } = useTranslation()
  const may = useMay()
  const act = useAct()
  const confirm = useConfirm()
  const remove = async ({ id, name, version }: Role) => {
    const confirmed = await confirm({
      title: t('roles.deleteQuestion', { name }),
      body: t('roles.deleteMeaning'),
      confirmLabel: t('roles.delete'),
      danger: true,
    })
    const input = { params: { roleId: id }, etag: `"${version}"` }
    if (confirmed) await act(administratorEndpoints.deleteRole, input, { done: t('roles.deleted', { name }) })
  }
  const removal = { title: t('roles.delete'), isDanger: true, onChoose: (role: Role) => void remove(role) }
  return ({ predefined }: Role) => [
    { title: t(predefined ? 'roles.show' : 'roles.edit'), onChoose: ({ id }: Role) => shown.show(id) },
    ...(predefined || !may('revoke-role') ? [] : [removal]),
  ]
}
