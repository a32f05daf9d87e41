import type { MyToken } from '@driftlock/contracts'
import { Countdown } from '@driftlock/ui-kit'
import { Content } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface ChangeWaitProps {
  token: Pick<MyToken, 'kind' | 'intervalSeconds'>
  /** When the first tokencode was entered. */
  startedAtMs: number
}

/**
 * The wait for the tokencode to change: at the latest one interval after the first one was entered. It is no limit;
 * only the token itself knows when it changes.
 */
export function ChangeWait({ token, startedAtMs }: ChangeWaitProps) {
  const { t } = useTranslation()
  const [changed, setChanged] = useState(false)
  if (token.kind === 'hotp') return <Content component="p">{t('resync.pressAgain')}</Content>
  const lengthMs = token.intervalSeconds * 1000
  return (
    <div>
      <Countdown
        key={startedAtMs}
        label={t('resync.waiting')}
        endsAtMs={startedAtMs + lengthMs}
        lengthMs={lengthMs}
        onEnd={() => {
          setChanged(true)
        }}
      />
      <div role="status">
        {changed && (
          <Content component="p">
            {t('resync.changed')} {t('resync.missed')}
          </Content>
        )}
      </div>
    </div>
  )
}
