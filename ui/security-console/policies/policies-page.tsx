import { type DomainPolicies, policyEndpoints, type PolicyKind, securityDomainEndpoints } from '@driftlock/contracts'
import { PageFrame, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { DomainField } from '../security-domains/domain-field.tsx'
import { PolicyCard } from './policy-card.tsx'

const kinds: readonly PolicyKind[] = ['token', 'lockout', 'offline']

/** Authentication > Policies: what holds in a domain, and where each value comes from. */
export function PoliciesPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { domainId } = useParams()
  const domains = useApiQuery(securityDomainEndpoints.listSecurityDomains, {})
  const chosen = domainId ?? domains.data?.items[0]?.id
  return (
    <PageFrame title={t('policies.title')} lead={t('policies.lead')}>
      <div className="driftlock-gap">
        <DomainField
          label={t('policies.domain')}
          value={chosen ?? ''}
          onChange={(id) => void navigate(`/policies/${id}`)}
        />
        {chosen !== undefined && <PoliciesOfDomain key={chosen} domainId={chosen} />}
      </div>
    </PageFrame>
  )
}

function PoliciesOfDomain({ domainId }: { domainId: string }) {
  const policies = useApiQuery(policyEndpoints.getPolicies, { params: { securityDomainId: domainId } })
  return (
    <QueryView query={policies}>
      {(shown: DomainPolicies) => (
        <>
          {kinds.map((kind) => (
            <PolicyCard key={kind} kind={kind} policies={shown} />
          ))}
        </>
      )}
    </QueryView>
  )
}
