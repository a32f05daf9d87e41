import { type BulkResult, type TokenSummary, tokenEndpoints } from '@driftlock/contracts'
import { ConcernedItems, useApi, useApiAction, useToast } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { DomainField } from '../security-domains/domain-field.tsx'
import { changedBy } from './bulk-change.ts'
import { nameOfToken } from './token-name.ts'

interface BulkMoveDialogProps {
  tokens: readonly TokenSummary[]
  onClose: () => void
  onAnswer: (answer: BulkResult) => void
}

const moveTo = (securityDomainId: string, tokenIds: readonly string[]) => ({
  body: { act: 'move' as const, securityDomainId, tokenIds: [...tokenIds], confirmCount: tokenIds.length },
})

/** Moves exactly the tokens that were selected to another security domain; undo brings each back to its own. */
export function BulkMoveDialog({ tokens, onClose, onAnswer }: BulkMoveDialogProps) {
  const { t } = useTranslation()
  const notify = useToast()
  const back = useMoveBack(tokens)
  const [domainId, setDomainId] = useState('')
  const action = useApiAction(tokenEndpoints.bulkTokens, {
    invalidates: ['/api/v1'],
    onDone: (answer) => {
      const moved = changedBy('move', tokens, answer)
      if (moved.length > 0) notify({ title: t('bulk.move.done', { count: moved.length }), undo: () => back(moved) })
      onClose()
      onAnswer(answer)
    },
  })
  const submit = () => {
    if (domainId === '') return
    const ids = tokens.map((token) => token.id)
    action.mutate(moveTo(domainId, ids))
  }
  return (
    <FormDialog
      title={t('bulk.move.question', { count: tokens.length })}
      lead={t('bulk.move.meaning')}
      submitLabel={t('bulk.move.title')}
      onSubmit={submit}
      onClose={onClose}
      error={action.error}
      isBusy={action.isPending}
    >
      <ConcernedItems items={tokens.map(nameOfToken)} />
      <DomainField label={t('tokens.domain')} value={domainId} onChange={setDomainId} />
    </FormDialog>
  )
}

/** Moves tokens back to where they came from, one request for each security domain. */
function useMoveBack(tokens: readonly TokenSummary[]): (ids: readonly string[]) => Promise<unknown> {
  const api = useApi()
  return (ids) => {
    const moved = tokens.filter((token) => ids.includes(token.id))
    const byDomain = Map.groupBy(moved, (token) => token.securityDomain.id)
    const calls = [...byDomain].map(([domainId, those]) =>
      api.call(
        tokenEndpoints.bulkTokens,
        moveTo(
          domainId,
          those.map((token) => token.id),
        ),
      ),
    )
    return Promise.all(calls)
  }
}
