import { Button, Form, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { ProblemAlert } from '@driftlock/ui-kit'
import { type FormEvent, type ReactNode, useId } from 'react'
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

/** A dialog with a form, its problem and its buttons; Enter submits, Escape closes. */
export function FormDialog(props: FormDialogProps) {
  const { title, lead, onSubmit, onClose, error, wide = false, children } = props
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Modal isOpen variant={wide ? 'medium' : 'small'} onClose={onClose} aria-labelledby={`${id}-title`}>
      <ModalHeader title={title} labelId={`${id}-title`} {...(lead !== undefined && { description: lead })} />
      <ModalBody tabIndex={0} aria-labelledby={`${id}-title`} role="group">
        <Form id={id} onSubmit={submit} noValidate>
          <ProblemAlert error={error} />
          {children}
        </Form>
      </ModalBody>
      <DialogButtons {...props} formId={id} />
    </Modal>
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
