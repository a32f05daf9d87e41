import type { Job } from '@driftlock/contracts'
import { PageFrame } from '@driftlock/ui-kit'
import { Grid, GridItem } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ImportForm } from './import-form.tsx'
import { ImportProgress } from './import-progress.tsx'

/** Import a file of tokens: first a dry run that reads and reports everything, then the import itself. */
export function ImportPage() {
  const { t } = useTranslation()
  const [job, setJob] = useState<Job>()
  return (
    <PageFrame
      title={t('import.title')}
      lead={t('import.lead')}
      above={[{ to: '/tokens', title: t('menu.manageExisting') }]}
    >
      <Grid hasGutter>
        <GridItem xl={5}>
          <ImportForm onStarted={setJob} />
        </GridItem>
        <GridItem xl={7}>{job && <ImportProgress key={job.id} job={job} />}</GridItem>
      </Grid>
    </PageFrame>
  )
}
