import { administratorEndpoints, type ApiKey } from '@driftlock/contracts'
import {
  CodeList,
  type Column,
  EmptyState,
  Moment,
  ownField,
  PageFrame,
  QueryView,
  RowsTable,
  TextField,
  useApiAction,
  useApiQuery,
  useConfirm,
} from '@driftlock/ui-kit'
import { Button, Content } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAct } from '../acts/use-act.ts'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { MomentField } from '../forms/moment-field.tsx'
import { useMay } from '../session/session-context.ts'

/** Administration > API Keys: for programs that act in an administrator's name. */
export function ApiKeysPage() {
  const { t } = useTranslation()
  const may = useMay()
  const keys = useApiQuery(administratorEndpoints.listApiKeys, {})
  const [adding, setAdding] = useState(false)
  const columns = useApiKeyColumns()
  const revoke = useRevokeKey()
  return (
    <PageFrame
      title={t('menu.apiKeys')}
      actions={may('create-api-key') && <Button onClick={() => setAdding(true)}>{t('apiKeys.create')}</Button>}
    >
      <QueryView query={keys}>
        {({ items }) => (
          <RowsTable
            label={t('menu.apiKeys')}
            rows={items}
            columns={columns}
            keyOf={(key) => key.id}
            nameOf={(key) => key.name}
            rowActions={(key) =>
              key.revokedAt === null && may('revoke-api-key')
                ? [{ title: t('apiKeys.revoke'), isDanger: true, onChoose: () => void revoke(key) }]
                : []
            }
            empty={<EmptyState title={t('apiKeys.none')} />}
          />
        )}
      </QueryView>
      {adding && <ApiKeyDialog onClose={() => setAdding(false)} />}
    </PageFrame>
  )
}

function useApiKeyColumns(): readonly Column<ApiKey>[] {
  const { t } = useTranslation()
  return [
    { id: 'name', title: t('apiKeys.name'), cell: (key) => key.name },
    {
      id: 'user',
      title: t('apiKeys.user'),
      cell: (key) => <Link to={`/administrators/${key.user.id}`}>{key.user.displayName}</Link>,
    },
    { id: 'created', title: t('apiKeys.created'), cell: (key) => <Moment atMs={key.createdAt} dateOnly /> },
    { id: 'expires', title: t('apiKeys.expires'), cell: (key) => <Moment atMs={key.expiresAt} dateOnly /> },
    { id: 'used', title: t('apiKeys.used'), cell: (key) => <Moment atMs={key.lastUsedAt} /> },
    {
      id: 'revoked',
      title: t('apiKeys.revokedAt'),
      cell: (key) => key.revokedAt !== null && <Moment atMs={key.revokedAt} />,
    },
  ]
}

/** Revokes a key after a question. */
function useRevokeKey(): (key: ApiKey) => Promise<void> {
  const { t } = useTranslation()
  const act = useAct()
  const confirm = useConfirm()
  return async ({ id, name }) => {
    const title = t('apiKeys.revokeQuestion', { name })
    const confirmed = await confirm({
      title,
      body: t('apiKeys.revokeMeaning'),
      confirmLabel: t('apiKeys.revoke'),
      danger: true,
    })
    if (!confirmed) return
    await act(
      administratorEndpoints.revokeApiKey,
      { params: { apiKeyId: id } },
      { done: t('apiKeys.revoked', { name }) },
    )
  }
}

function ApiKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const [expiresAt, setExpiresAt] = useState<number | null>(null)
  const create = useApiAction(administratorEndpoints.createApiKey, { invalidates: ['/api/v1/api-keys'] })
  return (
    <FormDialog
      title={t('apiKeys.create')}
      lead={t('apiKeys.createLead')}
      submitLabel={t('apiKeys.create')}
      onSubmit={() => create.mutate({ body: { name, permissions: [], expiresAt } })}
      onClose={onClose}
      error={create.error}
      isBusy={create.isPending}
      isDone={create.isSuccess}
    >
      {create.data ? (
        <>
          <Content component="p">{t('apiKeys.shownOnce')}</Content>
          <CodeList label={t('apiKeys.secret')} codes={[create.data.secret]} />
        </>
      ) : (
        <>
          <TextField
            field={ownField({ name: 'name', value: name, onChange: setName, required: true, maxLength: 128 })}
            label={t('apiKeys.name')}
          />
          <MomentField label={t('apiKeys.expires')} value={expiresAt} onChange={setExpiresAt} />
        </>
      )}
    </FormDialog>
  )
}
