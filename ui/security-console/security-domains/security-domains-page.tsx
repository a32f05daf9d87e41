import { type SecurityDomain, securityDomainEndpoints } from '@driftlock/contracts'
import { PageFrame, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { Button, Flex, FlexItem } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../session/session-context.ts'
import { DomainDialog } from './domain-dialog.tsx'
import { useDeleteDomain } from './use-delete-domain.ts'

interface Editing {
  readonly domain?: SecurityDomain
  readonly parentId: string
}

/** Identity > Security Domains, as the tree they are. */
export function SecurityDomainsPage() {
  const { t } = useTranslation()
  const domains = useApiQuery(securityDomainEndpoints.listSecurityDomains, {})
  const [editing, setEditing] = useState<Editing>()
  return (
    <PageFrame title={t('domains.title')} lead={t('domains.lead')}>
      <QueryView query={domains}>
        {({ items }) => {
          const ids = new Set(items.map((one) => one.id))
          const roots = items.filter((one) => one.parentId === null || !ids.has(one.parentId))
          return <DomainList label={t('domains.title')} items={items} shown={roots} onEdit={setEditing} />
        }}
      </QueryView>
      {editing && <DomainDialog {...editing} onClose={() => setEditing(undefined)} />}
    </PageFrame>
  )
}

interface DomainListProps {
  label: string
  items: readonly SecurityDomain[]
  shown: readonly SecurityDomain[]
  onEdit: (editing: Editing) => void
}

function DomainList({ label, items, shown, onEdit }: DomainListProps) {
  return (
    <ul className="driftlock-tree" aria-label={label}>
      {shown.map((domain) => {
        const children = items.filter((one) => one.parentId === domain.id)
        return (
          <li key={domain.id}>
            <DomainRow domain={domain} onEdit={onEdit} />
            {children.length > 0 && <DomainList label={domain.path} items={items} shown={children} onEdit={onEdit} />}
          </li>
        )
      })}
    </ul>
  )
}

function DomainRow({ domain, onEdit }: { domain: SecurityDomain; onEdit: (editing: Editing) => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const remove = useDeleteDomain()
  const { id, name, parentId } = domain
  const about = { name }
  return (
    <Flex gap={{ default: 'gapSm' }} alignItems={{ default: 'alignItemsCenter' }}>
      <FlexItem>
        <strong>{name}</strong> {domain.notes !== '' && `· ${domain.notes}`}
      </FlexItem>
      <FlexItem>
        <Link to={`/policies/${id}`} aria-label={t('domains.policiesOf', about)}>
          {t('menu.policies')}
        </Link>
      </FlexItem>
      <FlexItem>
        <Link to={`/users?securityDomainId=${id}`} aria-label={t('domains.usersOf', about)}>
          {t('menu.users')}
        </Link>
      </FlexItem>
      {may('create-security-domain') && (
        <Button
          variant="link"
          size="sm"
          aria-label={t('domains.addBelow', about)}
          onClick={() => onEdit({ parentId: id })}
        >
          {t('domains.add')}
        </Button>
      )}
      {may('update-security-domain') && (
        <Button
          variant="link"
          size="sm"
          aria-label={t('domains.editOf', about)}
          onClick={() => onEdit({ domain, parentId: parentId ?? '' })}
        >
          {t('domains.edit')}
        </Button>
      )}
      {may('delete-security-domain') && parentId !== null && (
        <Button
          variant="link"
          size="sm"
          isDanger
          aria-label={t('domains.deleteOf', about)}
          onClick={() => void remove(domain)}
        >
          {t('domains.delete')}
        </Button>
      )}
    </Flex>
  )
}
