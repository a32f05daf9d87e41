import type { MyToken } from '@driftlock/contracts'
import { Alert } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** From this many on it is time for new codes. */
const few = 2

/** How many emergency codes of a token are left; nothing where it has none. */
export function CodesLeft({ token: { emergency } }: { token: Pick<MyToken, 'emergency'> }) {
  const { t } = useTranslation()
  if (emergency === null) return null
  const { codesLeft } = emergency
  const isFew = codesLeft !== null && codesLeft <= few
  return (
    <Alert
      isInline
      isPlain
      component="p"
      variant={isFew ? 'warning' : 'info'}
      title={codesLeft === null ? t('tokens.fixedCode') : t('tokens.codesLeft', { count: codesLeft })}
    >
      {isFew && t('tokens.fewCodes')}
    </Alert>
  )
}
