import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { ConcernedItems } from './concerned-items.tsx'
import type { Confirmation } from './confirm-context.ts'

interface ConfirmDialogProps {
  confirmation: Confirmation
  onAnswer: (confirmed: boolean) => void
}

/** A dialog that says what an act will do and to how many. */
export function ConfirmDialog({ confirmation, onAnswer }: ConfirmDialogProps) {
  const { t } = useTranslation('kit')
  const { title, body, items = [], confirmLabel, danger = false } = confirmation
  const refuse = () => {
    onAnswer(false)
  }
  return (
    <Modal
      isOpen
      variant="small"
      onClose={refuse}
      aria-labelledby="driftlock-confirm-title"
      aria-describedby="driftlock-confirm-body"
    >
      <ModalHeader
        title={title}
        labelId="driftlock-confirm-title"
        {...(danger ? { titleIconVariant: 'warning' as const } : {})}
      />
      <ModalBody id="driftlock-confirm-body">
        {typeof body === 'string' ? <p>{body}</p> : body}
        {items.length > 0 && <ConcernedItems items={items} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant={danger ? 'danger' : 'primary'}
          onClick={() => {
            onAnswer(true)
          }}
        >
          {confirmLabel}
        </Button>
        <Button variant="link" onClick={refuse}>
          {t('dialogs.cancel')}
        </Button>
      </ModalFooter>
    </Modal>
  )
}
