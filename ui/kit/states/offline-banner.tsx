import { Banner } from '@patternfly/react-core'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

/** Says that the browser has no network, while it has none. */
export function OfflineBanner() {
  const { t } = useTranslation('kit')
  const online = useSyncExternalStore(watchNetwork, () => navigator.onLine)
  return (
    <div role="status">
      {!online && (
        <Banner status="warning" className="driftlock-offline">
          {t('shell.offline')}
        </Banner>
      )}
    </div>
  )
}

function watchNetwork(onChange: () => void): () => void {
  addEventListener('online', onChange)
  addEventListener('offline', onChange)
  return () => {
    removeEventListener('online', onChange)
    removeEventListener('offline', onChange)
  }
}
