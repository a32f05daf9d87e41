import { type DomainPolicies, policyEndpoints, type PolicyKind, type PolicyOrigin } from '@driftlock/contracts'
import { useConfirm } from '@driftlock/ui-kit'
import { Button, Card, CardBody, CardHeader, CardTitle } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useAct } from '../acts/use-act.ts'
import { useMay } from '../session/session-context.ts'
import { PolicyDialog } from './policy-dialog.tsx'
import type { PolicyValues } from './policy-value.ts'
import { PolicyWords } from './policy-words.tsx'

interface PolicyCardProps {
  kind: PolicyKind
  policies: DomainPolicies
}

/** One policy as it holds in a domain: every value, and which domain sets it. */
export function PolicyCard({ kind, policies }: PolicyCardProps) {
  const { t } = useTranslation()
  const may = useMay()
  const inherit = useInherit({ kind, policies })
  const [editing, setEditing] = useState(false)
  const title = t(`policies.kinds.${kind}`)
  const actions = may('update-policy') && (
    <>
      {policies[kind].own !== null && (
        <Button variant="link" onClick={() => void inherit()}>
          {t('policies.inherit')}
        </Button>
      )}
      <Button variant="secondary" aria-label={t(`policies.editKind.${kind}`)} onClick={() => setEditing(true)}>
        {t('policies.edit')}
      </Button>
    </>
  )
  return (
    <Card isCompact>
      <CardHeader actions={{ actions, hasNoOffset: true }}>
        <CardTitle component="h2">{title}</CardTitle>
      </CardHeader>
      <CardBody>
        <PolicyTable title={title} values={policies[kind].effective} origins={policies[kind].origins} />
      </CardBody>
      {editing && <PolicyDialog kind={kind} policies={policies} onClose={() => setEditing(false)} />}
    </Card>
  )
}

/** Takes out everything that a domain sets for itself, after a question. */
function useInherit({ kind, policies }: PolicyCardProps): () => Promise<void> {
  const { t } = useTranslation()
  const act = useAct()
  const confirm = useConfirm()
  const { own, version } = policies[kind]
  const { id: securityDomainId, name } = policies.securityDomain
  return async () => {
    const confirmed = await confirm({
      title: t('policies.inheritQuestion', { name }),
      body: t('policies.inheritMeaning'),
      items: Object.keys(own ?? {}).map((field) => t(`policies.fields.${field}`)),
      confirmLabel: t('policies.inherit'),
      danger: true,
    })
    const input = { params: { securityDomainId, kind }, etag: `"${version}"` }
    if (confirmed) await act(policyEndpoints.inheritPolicy, input, { done: t('policies.inherited', { name }) })
  }
}

interface PolicyTableProps {
  title: string
  values: PolicyValues
  origins: Readonly<Record<string, PolicyOrigin>>
}

function PolicyTable({ title, values, origins }: PolicyTableProps) {
  const { t } = useTranslation()
  return (
    <Table variant="compact" aria-label={title} gridBreakPoint="grid-md">
      <Thead>
        <Tr>
          <Th>{t('policies.field')}</Th>
          <Th>{t('policies.value')}</Th>
          <Th>{t('policies.from')}</Th>
        </Tr>
      </Thead>
      <Tbody>
        {Object.entries(values).map(([field, value]) => (
          <Tr key={field}>
            <Td dataLabel={t('policies.field')}>{t(`policies.fields.${field}`)}</Td>
            <Td dataLabel={t('policies.value')}>
              <PolicyWords name={field} value={value} />
            </Td>
            <Td dataLabel={t('policies.from')}>
              <Origin origin={origins[field]} />
            </Td>
          </Tr>
        ))}
      </Tbody>
    </Table>
  )
}

function Origin({ origin }: { origin: PolicyOrigin | undefined }) {
  const { t } = useTranslation()
  if (!origin || origin.type === 'initial') return <>{t('policies.initial')}</>
  if (origin.own) return <strong>{t('policies.setHere')}</strong>
  return <Link to={`/policies/${origin.domain.id}`}>{t('policies.inheritedFrom', { path: origin.domain.path })}</Link>
}
