import type { ResyncResultView } from '@driftlock/contracts'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { type Fact, Facts } from '../facts/facts.tsx'

const COUNTS = ['fetched', 'added', 'updated', 'revoked', 'unmatched'] as const
const DIVERGENCE = ['missing', 'deletedHere', 'different', 'gone'] as const

/** What a full run would find. */
export function ResyncResult({ result, onClose }: { result: ResyncResultView; onClose: () => void }) {
  const { t } = useTranslation()
  const facts: readonly Fact[] = [
    ...COUNTS.map((name): Fact => [t(`ha.counts.${name}`), String(result.counts[name])]),
    [t('ha.counts.removed'), String(result.removed)],
    ...DIVERGENCE.map((name): Fact => [t(`ha.divergence.${name}`), String(result.divergence[name])]),
  ]
  return (
    <FormDialog title={t('ha.compared')} submitLabel="" onSubmit={onClose} onClose={onClose} isDone>
      <Facts facts={facts} />
    </FormDialog>
  )
}
