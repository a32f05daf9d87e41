import { highAvailabilityEndpoints, type HighAvailabilityStatus, type ResyncResultView } from '@driftlock/contracts'
import { useConfirm } from '@driftlock/ui-kit'
import { Button, Flex } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'
import { useMay } from '../session/session-context.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import { ResyncDialog } from './resync-dialog.tsx'
import { ResyncResult } from './resync-result.tsx'

/** The buttons of the page, for those who may. */
export function HaActs({ status }: { status: HighAvailabilityStatus }) {
  const { t } = useTranslation()
  const may = useMay()
  const acts = useHaActs()
  const [open, setOpen] = useState<'connect' | 'resync'>()
  if (!may('manage-high-availability')) return null
  const close = () => setOpen(undefined)
  const isConnected = status.connection !== null
  return (
    <Flex>
      {isConnected && <Button onClick={() => void acts.synchronise()}>{t('ha.synchronise')}</Button>}
      {isConnected && (
        <Button variant="secondary" onClick={() => setOpen('resync')}>
          {t('ha.resynchronise')}
        </Button>
      )}
      {isConnected && (
        <Button variant="secondary" onClick={() => void acts.preview()}>
          {t('ha.compare')}
        </Button>
      )}
      <Button variant={isConnected ? 'secondary' : 'primary'} onClick={() => setOpen('connect')}>
        {isConnected ? t('ha.connectAnew') : t('ha.connect')}
      </Button>
      {isConnected && (
        <Button variant="danger" onClick={() => void acts.disconnect()}>
          {t('ha.disconnect')}
        </Button>
      )}
      {open === 'connect' && <ConnectDialog onClose={close} />}
      {open === 'resync' && <ResyncDialog onClose={close} />}
      {acts.found && <ResyncResult result={acts.found} onClose={acts.forget} />}
    </Flex>
  )
}

function useHaActs() {
  const { t } = useTranslation()
  const act = useAct()
  const confirm = useConfirm()
  const [found, setFound] = useState<ResyncResultView>()
  return {
    found,
    forget: () => setFound(undefined),
    synchronise: () => act(highAvailabilityEndpoints.synchroniseRecords, {}, { done: t('ha.begun') }),
    async preview() {
      const answer = await act(highAvailabilityEndpoints.resynchroniseRecords, { body: { dryRun: true } })
      if (answer !== undefined && answer !== null) setFound(answer)
    },
    async disconnect() {
      const words = { title: t('ha.disconnectQuestion'), body: t('ha.disconnectMeaning') }
      if (!(await confirm({ ...words, confirmLabel: t('ha.disconnect'), danger: true }))) return
      await act(highAvailabilityEndpoints.disconnectCloud, {}, { done: t('ha.disconnected') })
    },
  }
}
