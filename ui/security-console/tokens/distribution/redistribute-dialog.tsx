import { distributionEndpoints, type TokenSummary } from '@driftlock/contracts'
import { ConcernedItems, NumberField, ownField, useApi, useApiAction, useToast } from '@driftlock/ui-kit'
import { Alert } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../dialogs/form-dialog.tsx'
import { nameOfToken } from '../token-name.ts'
import { type DistributionChoices, DistributionFields, firstDistribution } from './distribution-fields.tsx'
import { PackageView } from './package-view.tsx'

interface RedistributeDialogProps {
  tokens: readonly TokenSummary[]
  onClose: () => void
}

/** Redistributes the named tokens; their number must be typed, so that nobody does it to all by accident. */
export function RedistributeDialog({ tokens, onClose }: RedistributeDialogProps) {
  const { t } = useTranslation()
  const count = tokens.length
  const kind = tokens.some((token) => token.kind === 'securid') ? 'securid' : 'totp'
  const [choices, setChoices] = useState<DistributionChoices>(() => firstDistribution({ kind }))
  const [typed, setTyped] = useState(Number.NaN)
  const [wrong, setWrong] = useState(false)
  const action = useRedistribution()
  const submit = () => {
    setWrong(typed !== count)
    if (typed !== count) return
    const { password, ...rest } = choices
    const tokenIds = tokens.map((token) => token.id)
    action.mutate({ body: { ...rest, ...(password !== '' && { password }), tokenIds, confirmCount: count } })
  }
  const choose = (some: Partial<DistributionChoices>) => setChoices({ ...choices, ...some })
  return (
    <FormDialog
      title={t('distribution.question', { count })}
      lead={t('tokenActs.redistribute.meaning')}
      submitLabel={t('distribution.redistribute', { count })}
      onSubmit={submit}
      onClose={onClose}
      error={action.error}
      isBusy={action.isPending}
      isDone={action.data !== undefined}
      wide
    >
      {action.data ? (
        <Redistributed answer={action.data} />
      ) : (
        <>
          <ConcernedItems items={tokens.map(nameOfToken)} />
          <DistributionFields token={{ kind }} choices={choices} onChoose={choose} />
          <CountField count={count} typed={typed} isWrong={wrong} onType={setTyped} />
        </>
      )}
    </FormDialog>
  )
}

/** Hands the named tokens out again; the message that says so takes all of it back. */
function useRedistribution() {
  const { t } = useTranslation()
  const api = useApi()
  const notify = useToast()
  return useApiAction(distributionEndpoints.redistributeTokens, {
    invalidates: ['/api/v1'],
    onDone: ({ packages }) => {
      const undo = () =>
        Promise.all(
          packages.map(({ token }) =>
            api.call(distributionEndpoints.undoRedistribution, { params: { tokenId: token.id } }),
          ),
        )
      if (packages.length > 0) notify({ title: t('distribution.redistributed', { count: packages.length }), undo })
    },
  })
}

interface CountFieldProps {
  count: number
  typed: number
  isWrong: boolean
  onType: (typed: number) => void
}

function CountField({ count, typed, isWrong, onType }: CountFieldProps) {
  const { t } = useTranslation()
  const fault = isWrong ? { key: 'format' } : undefined
  return (
    <NumberField
      field={ownField({ name: 'confirmCount', value: typed, onChange: onType, fault, required: true, min: 1 })}
      label={t('distribution.confirmCount')}
      help={t('distribution.confirmCountHelp', { count })}
    />
  )
}

type Answer = ReturnType<(typeof distributionEndpoints.redistributeTokens.response)['parse']>

function Redistributed({ answer }: { answer: Answer }) {
  const { t } = useTranslation()
  return (
    <>
      <Alert variant="info" isInline component="p" title={t('distribution.shownOnce')} />
      {answer.packages.map((made) => (
        <PackageView key={made.token.id} made={made} />
      ))}
    </>
  )
}
