import type { BulkResult } from '@driftlock/contracts'
import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core'
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table'
import { useTranslation } from 'react-i18next'
import { useWorded } from '../worded/use-worded.ts'

interface BulkFailuresProps {
  result: BulkResult
  onClose: () => void
}

/** Which of the named tokens were not changed, and why. */
export function BulkFailures({ result, onClose }: BulkFailuresProps) {
  const { t } = useTranslation()
  const worded = useWorded()
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="driftlock-bulk-title">
      <ModalHeader
        labelId="driftlock-bulk-title"
        titleIconVariant="warning"
        title={t('bulk.failed', { count: result.failed, done: result.done })}
      />
      <ModalBody tabIndex={0} role="group" aria-labelledby="driftlock-bulk-title">
        <Table variant="compact" aria-labelledby="driftlock-bulk-title">
          <Thead>
            <Tr>
              <Th>{t('tokens.serial')}</Th>
              <Th>{t('bulk.why')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {result.results
              .filter((one) => !one.ok)
              .map((one) => (
                <Tr key={one.id}>
                  <Td dataLabel={t('tokens.serial')}>{one.name}</Td>
                  <Td dataLabel={t('bulk.why')}>{worded({ code: one.code ?? '', text: one.detail ?? '' })}</Td>
                </Tr>
              ))}
          </Tbody>
        </Table>
      </ModalBody>
      <ModalFooter>
        <Button onClick={onClose}>{t('kit:dialogs.close')}</Button>
      </ModalFooter>
    </Modal>
  )
}
