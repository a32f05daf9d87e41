import { auditEndpoints } from '@driftlock/contracts'
import { Moment, ProblemAlert, useApiAction } from '@driftlock/ui-kit'
import { Alert, Button, List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** Proves that no record was changed, moved, taken out, put in or cut off. */
export function VerifyAudit() {
  const { t } = useTranslation()
  const verify = useApiAction(auditEndpoints.verifyAudit)
  const result = verify.data
  return (
    <div className="driftlock-gap" aria-live="polite">
      <div>
        <Button variant="secondary" isLoading={verify.isPending} onClick={() => verify.mutate({})}>
          {t('audit.verify')}
        </Button>
      </div>
      <ProblemAlert error={verify.error} />
      {result && (
        <Alert
          variant={result.intact ? 'success' : 'danger'}
          isInline
          component="h2"
          title={t(result.intact ? 'audit.intact' : 'audit.notIntact')}
        >
          <List>
            {result.chains.map((chain) => (
              <ListItem key={chain.chainId}>
                {t('audit.chain', { id: chain.chainId, count: chain.records, last: chain.lastSequence })}
                {chain.faults.map((fault) => (
                  <p key={`${fault.sequence} ${fault.kind}`}>{`#${fault.sequence ?? '?'}: ${fault.detail}`}</p>
                ))}
              </ListItem>
            ))}
          </List>
          <Moment atMs={result.verifiedAt} />
        </Alert>
      )}
    </div>
  )
}
