import type { chartEndpoints } from '@driftlock/contracts'
import { Alert } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useWorded } from '../worded/use-worded.ts'

type Doubt = ReturnType<(typeof chartEndpoints.getOverview.response)['parse']>['clockDoubts'][number]

/** Why the answering instance does not trust its clock. */
export default function ClockDoubts({ doubts }: { doubts: readonly Pick<Doubt, 'reason' | 'text'>[] }) {
  const { t } = useTranslation()
  const worded = useWorded()
  return doubts.map(({ reason, text }) => (
    <Alert key={reason} variant="warning" isInline component="h2" title={t('home.clockInDoubt')}>
      {worded({ code: reason, text })}
    </Alert>
  ))
}
