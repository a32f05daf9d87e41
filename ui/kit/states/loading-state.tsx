import { Bullseye, Spinner } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** A page or part of it that is being loaded. */
export function LoadingState({ label }: { label?: string }) {
  const { t } = useTranslation('kit')
  const text = label ?? t('states.loading')
  return (
    <Bullseye className="driftlock-state" role="status">
      <Spinner size="lg" aria-label={text} aria-valuetext={text} />
    </Bullseye>
  )
}
