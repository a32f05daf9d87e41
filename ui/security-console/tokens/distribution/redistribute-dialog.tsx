import { distributionEndpoints, type TokenSummary } from '@driftlock/contracts'
import { NumberField, useApi, useApiAction, useToast } from '@driftlock/ui-kit'
import { Alert } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../dialogs/form-dialog.tsx'
import { type DistributionChoices, DistributionFields, firstDistribution } from './distribution-fields.tsx'
import { PackageView } from './package-view.tsx'

interface RedistributeDialogProps {
  tokens: readonly TokenSummary[]
  onClose: () => void
}

/** Redistributes the named tokens; their number must be typed, so that nobody does it to all by accident. */
export function RedistributeDialog({ tokens, onClose }: RedistributeDialogProps) {
  const { t } = useTranslation()
  const api = useApi()
  const notify = useToast()
  const count = tokens.length
  const kind = tokens.some((token) => token.kind === 'securid') ? 'securid' : 'totp'
  const [choices, setChoices] = useState<DistributionChoices>(() => firstDistribution({ kind }))
  const [typed, setTyped] = useState(Number.NaN)
  const [wrong, setWrong] = useState(false)
  const action = useApiAction(distributionEndpoints.redistributeTokens, {
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
  const submit = () => {
    setWrong(typed !== count)
    if (typed !== count) return
    const { password, ...rest } = choices
    const tokenIds = tokens.map((token) => token.id)
    action.mutate({ body: { ...rest, ...(password !== '' && { password }), tokenIds, confirmCount: count } })
  }
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
          <DistributionFields
            token={{ kind }}
            choices={choices}
            onChoose={(some) => setChoices({ ...choices, ...some })}
          />
          <NumberField
            field={{
              name: 'confirmCount',
              value: typed,
              onChange: setTyped,
              fault: wrong ? { key: 'format' } : undefined,
              required: true,
              maxLength: undefined,
              min: 1,
              max: undefined,
            }}
            label={t('distribution.confirmCount')}
            help={t('distribution.confirmCountHelp', { count })}
          />
        </>
      )}
    </FormDialog>
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
