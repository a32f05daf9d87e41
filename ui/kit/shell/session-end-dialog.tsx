import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { formatDuration } from '../time/format-moment.ts'
import { useRemaining } from '../time/use-remaining.ts'

interface SessionEndDialogProps {
  endsAtMs: number
  onStay: () => void
}

/** The last minutes of an idle session, and the way to stay logged on. */
export function SessionEndDialog({ endsAtMs, onStay }: SessionEndDialogProps) {
  const { t } = useTranslation('kit')
  const remaining = formatDuration(useRemaining(endsAtMs))
  return (
    <Modal isOpen variant="small" aria-labelledby="driftlock-session-title" aria-describedby="driftlock-session-body">
      <ModalHeader title={t('shell.sessionEnds')} labelId="driftlock-session-title" titleIconVariant="warning" />
      <ModalBody id="driftlock-session-body">{t('shell.sessionEndsBody', { remaining })}</ModalBody>
      <ModalFooter>
        <Button onClick={onStay}>{t('shell.stayLoggedOn')}</Button>
      </ModalFooter>
    </Modal>
  )
}
