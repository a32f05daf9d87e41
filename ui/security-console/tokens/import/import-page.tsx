import { PageFrame } from '@driftlock/ui-kit'
import { Grid, GridItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useSearchFields } from '../../search/use-search-fields.ts'
import { ImportForm } from './import-form.tsx'
import { ImportProgress } from './import-progress.tsx'

/** Import a file of tokens: first a dry run that reads and reports everything, then the import itself. */
export function ImportPage() {
  const { t } = useTranslation()
  // In the address: a reload, or a link from the list of jobs, shows the same report.
  const { values, set } = useSearchFields(['job'])
  return (
    <PageFrame
      title={t('import.title')}
      lead={t('import.lead')}
      above={[{ to: '/tokens', title: t('menu.manageExisting') }]}
    >
      <Grid hasGutter>
        <GridItem xl={5}>
          <ImportForm onStarted={({ id }) => set({ job: id })} />
        </GridItem>
        <GridItem xl={7}>{values.job !== undefined && <ImportProgress key={values.job} jobId={values.job} />}</GridItem>
      </Grid>
    </PageFrame>
  )
}
