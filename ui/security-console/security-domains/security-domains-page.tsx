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
  return (
    <Flex gap={{ default: 'gapSm' }} alignItems={{ default: 'alignItemsCenter' }}>
      <FlexItem>
        <strong>{name}</strong> {domain.notes !== '' && `· ${domain.notes}`}
      </FlexItem>
      <DomainPlaces domain={domain} />
      {may('create-security-domain') && (
        <RowButton label={t('domains.addBelow', { name })} onClick={() => onEdit({ parentId: id })}>
          {t('domains.add')}
        </RowButton>
      )}
      {may('update-security-domain') && (
        <RowButton label={t('domains.editOf', { name })} onClick={() => onEdit({ domain, parentId: parentId ?? '' })}>
          {t('domains.edit')}
        </RowButton>
      )}
      {may('delete-security-domain') && parentId !== null && (
        <RowButton label={t('domains.deleteOf', { name })} onClick={() => void remove(domain)} isDanger>
          {t('domains.delete')}
        </RowButton>
      )}
    </Flex>
  )
}

/** Where there is more of a domain: what holds in it, and what belongs to it. */
function DomainPlaces({ domain: { id, name } }: { domain: SecurityDomain }) {
  const { t } = useTranslation()
  const may = useMay()
  const places = [
    {
      needs: 'view-policies',
      to: `/policies/${id}`,
      title: t('menu.policies'),
      label: t('domains.policiesOf', { name }),
    },
    {
      needs: 'view-users',
      to: `/users?securityDomainId=${id}`,
      title: t('menu.users'),
      label: t('domains.usersOf', { name }),
    },
    {
      needs: 'view-tokens',
      to: `/tokens?securityDomainId=${id}`,
      title: t('dashboard.tokens'),
      label: t('domains.tokensOf', { name }),
    },
  ] as const
  return places
    .filter((place) => may(place.needs))
    .map(({ to, title, label }) => (
      <FlexItem key={to}>
        <Link to={to} aria-label={label}>
          {title}
        </Link>
      </FlexItem>
    ))
}

interface RowButtonProps {
  /** Names the domain too: the words alone are the same in every row. */
  label: string
  onClick: () => void
  isDanger?: boolean
  children: string
}

function RowButton({ label, onClick, isDanger = false, children }: RowButtonProps) {
  return (
    <Button variant="link" size="sm" isDanger={isDanger} aria-label={label} onClick={onClick}>
      {children}
    </Button>
  )
}
