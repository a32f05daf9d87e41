import { Alert, Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { ProblemAlert, useUnsavedChangesGuard } from '@driftlock/ui-kit'
import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface FormDialogProps {
  title: string
  /** What the act does. */
  lead?: ReactNode
  submitLabel: string
  onSubmit: () => void
  onClose: () => void
  error?: unknown
  isBusy?: boolean
  isDanger?: boolean
  /** Set when all is done: only Close is left. */
  isDone?: boolean
  wide?: boolean
  children: ReactNode
}

/** A dialog with a form, its problem and its buttons; Enter submits, Escape closes, and asks first where something was typed. */
export function FormDialog(props: FormDialogProps) {
  const { title, lead, onSubmit, onClose, error, isDone = false, wide = false, children } = props
  const id = useId()
  const [isChanged, setChanged] = useState(false)
  const [isAsking, setAsking] = useState(false)
  useUnsavedChangesGuard(isChanged && !isDone)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal
      isOpen
      variant={wide ? 'medium' : 'small'}
      onClose={() => (isChanged && !isDone ? setAsking(true) : onClose())}
      aria-labelledby={`${id}-title`}
    >
      <ModalHeader title={title} labelId={`${id}-title`} {...(lead !== undefined && { description: lead })} />
      <ModalBody tabIndex={0} aria-labelledby={`${id}-title`} role="group">
        <Form id={id} onSubmit={submit} onChange={() => setChanged(true)} noValidate>
          <ProblemAlert error={error} />
          {children}
        </Form>
      </ModalBody>
      {isAsking ? (
        <LeaveQuestion onLeave={onClose} onStay={() => setAsking(false)} />
      ) : (
        <DialogButtons {...props} formId={id} />
      )}
    </Modal>
  )
}

/** In place of the buttons: what was typed is still there to be seen. */
function LeaveQuestion({ onLeave, onStay }: { onLeave: () => void; onStay: () => void }) {
  const { t } = useTranslation('kit')
  return (
    <ModalFooter>
      <Alert variant="warning" isInline isPlain component="p" title={t('dialogs.leaveTitle')} role="alert" />
      <Button variant="danger" onClick={onLeave}>
        {t('dialogs.leave')}
      </Button>
      {/* The question took the place of the button that had the focus. */}
      <Button variant="link" onClick={onStay} autoFocus>
        {t('dialogs.cancel')}
      </Button>
    </ModalFooter>
  )
}

function DialogButtons(props: FormDialogProps & { formId: string }) {
  const { submitLabel, onClose, isBusy = false, isDanger = false, isDone = false, formId } = props
  const { t } = useTranslation('kit')
  if (isDone) {
    return (
      <ModalFooter>
        <Button onClick={onClose}>{t('dialogs.close')}</Button>
      </ModalFooter>
    )
  }
  return (
    <ModalFooter>
      <Button
        type="submit"
        form={formId}
        variant={isDanger ? 'danger' : 'primary'}
        isLoading={isBusy}
        isDisabled={isBusy}
      >
        {submitLabel}
      </Button>
      <Button variant="link" onClick={onClose}>
        {t('dialogs.cancel')}
      </Button>
    </ModalFooter>
  )
}
