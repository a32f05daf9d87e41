import { administratorEndpoints, type HeldPermission, type RoleAssignment } from '@driftlock/contracts'
import {
  type Column,
  EmptyState,
  PageFrame,
  QueryView,
  RowsTable,
  useApi,
  useApiQuery,
  useConfirm,
} from '@driftlock/ui-kit'
import { Button, Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { useAct } from '../acts/use-act.ts'
import { LinkButton } from '../forms/link-button.tsx'
import { DomainLink } from '../links/domain-link.tsx'
import { useMay } from '../session/session-context.ts'
import { useWorded } from '../worded/use-worded.ts'
import { AssignRoleDialog } from './assign-role-dialog.tsx'

/** What may this person do: roles with their scopes, and every permission with where it holds. */
export function AdministratorPage() {
  const { t } = useTranslation()
  const { userId = '' } = useParams()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const administrator = useApiQuery(administratorEndpoints.getAdministrator, { params: { userId } })
  return (
    <QueryView query={administrator}>
      {({ user, assignments, held }) => (
        <PageFrame
          title={t('administrators.mayTitle', { name: user.displayName })}
          above={[{ to: '/administrators', title: t('menu.administrators') }]}
          actions={
            <>
              {may('assign-role') && <Button onClick={() => setAdding(true)}>{t('administrators.giveRole')}</Button>}
              <LinkButton to={`/users/${user.id}`}>{t('administrators.asUser')}</LinkButton>
            </>
          }
        >
          <div className="driftlock-gap">
            <Assignments userId={user.id} assignments={assignments} />
            <Held held={held} />
          </div>
          {adding && <AssignRoleDialog userId={user.id} onClose={() => setAdding(false)} />}
        </PageFrame>
      )}
    </QueryView>
  )
}

function Assignments({ userId, assignments }: { userId: string; assignments: readonly RoleAssignment[] }) {
  const { t } = useTranslation()
  const may = useMay()
  const api = useApi()
  const act = useAct()
  const confirm = useConfirm()
  const revoke = async ({ id, roleId, roleName, scope }: RoleAssignment) => {
    const confirmed = await confirm({
      title: t('administrators.revokeQuestion', { role: roleName, scope: scope.path }),
      body: t('administrators.revokeMeaning'),
      confirmLabel: t('administrators.revoke'),
    })
    if (!confirmed) return
    const params = { userId }
    const undo = () =>
      api.call(administratorEndpoints.assignRole, { params, body: { roleId, securityDomainId: scope.id } })
    const done = t('administrators.revoked', { role: roleName })
    await act(administratorEndpoints.revokeRole, { params: { userId, assignmentId: id } }, { done, undo })
  }
  const columns: readonly Column<RoleAssignment>[] = [
    { id: 'role', title: t('administrators.role'), cell: (one) => one.roleName },
    { id: 'scope', title: t('administrators.scope'), cell: (one) => <DomainLink domain={one.scope} /> },
  ]
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('administrators.roles')}</CardTitle>
      <CardBody>
        {assignments.length === 0 ? (
          <EmptyState headingLevel="h3" title={t('administrators.noRoles')} />
        ) : (
          <RowsTable
            label={t('administrators.roles')}
            rows={assignments}
            columns={columns}
            keyOf={(one) => one.id}
            nameOf={(one) => one.roleName}
            {...(may('revoke-role') && {
              rowActions: () => [
                { title: t('administrators.revoke'), onChoose: (one: RoleAssignment) => void revoke(one) },
              ],
            })}
          />
        )}
      </CardBody>
    </Card>
  )
}

function Held({ held }: { held: readonly HeldPermission[] }) {
  const { t } = useTranslation()
  const worded = useWorded()
  const columns: readonly Column<HeldPermission>[] = [
    {
      id: 'may',
      title: t('administrators.may'),
      cell: (one) => worded({ code: `permission-${one.permission}`, text: one.text }),
    },
    {
      id: 'where',
      title: t('administrators.where'),
      cell: (one) => <DomainList domains={one.domains} />,
    },
  ]
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('administrators.held')}</CardTitle>
      <CardBody>
        <RowsTable
          label={t('administrators.held')}
          rows={held}
          columns={columns}
          keyOf={(one) => one.permission}
          nameOf={(one) => worded({ code: `permission-${one.permission}`, text: one.text })}
        />
      </CardBody>
    </Card>
  )
}

function DomainList({ domains }: Pick<HeldPermission, 'domains'>) {
  return domains.map((domain, index) => (
    <span key={domain.id}>
      {index > 0 && ', '}
      <DomainLink domain={domain} />
    </span>
  ))
}
