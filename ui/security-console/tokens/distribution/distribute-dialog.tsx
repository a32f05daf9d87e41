import { distributionEndpoints, type TokenPackage, type TokenSummary } from '@driftlock/contracts'
import { useApi, useToast } from '@driftlock/ui-kit'
import { Alert } from '@patternfly/react-core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../dialogs/form-dialog.tsx'
import { DistributionFields, type DistributionChoices, firstDistribution } from './distribution-fields.tsx'
import { PackageView } from './package-view.tsx'

interface DistributeDialogProps {
  token: TokenSummary
  /** With a new seed; the old copy works until the new one is used. */
  isAgain: boolean
  onClose: () => void
}

/** Hands out one software token: the first time, or again with a new seed. */
export default function DistributeDialog({ token, isAgain, onClose }: DistributeDialogProps) {
  const { t } = useTranslation()
  const api = useApi()
  const notify = useToast()
  const queries = useQueryClient()
  const [choices, setChoices] = useState<DistributionChoices>(() => firstDistribution(token))
  const name = isAgain ? 'redistribute' : 'distribute'
  const hand = useMutation({
    mutationFn: async (): Promise<TokenPackage> => {
      const { password, ...rest } = choices
      const body = { ...rest, ...(password !== '' && { password }) }
      if (!isAgain) return api.call(distributionEndpoints.distributeToken, { params: { tokenId: token.id }, body })
      const redistributed = await api.call(distributionEndpoints.redistributeTokens, {
        body: { ...body, tokenIds: [token.id], confirmCount: 1 },
      })
      const [made] = redistributed.packages
      if (!made) throw new Error('a redistribution of one token answered no package')
      return made
    },
    onSuccess: async () => {
      const undo = () => api.call(distributionEndpoints.undoRedistribution, { params: { tokenId: token.id } })
      notify({ title: t(`tokenActs.${name}.done`, { serial: token.serial }), ...(isAgain && { undo }) })
      await queries.invalidateQueries()
    },
  })
  return (
    <FormDialog
      title={t(`tokenActs.${name}.question`, { serial: token.serial })}
      lead={t(`tokenActs.${name}.meaning`)}
      submitLabel={t(`tokenActs.${name}.title`)}
      onSubmit={() => hand.mutate()}
      onClose={onClose}
      error={hand.error}
      isBusy={hand.isPending}
      isDone={hand.data !== undefined}
      wide
    >
      {hand.data ? (
        <>
          <Alert variant="info" isInline isLiveRegion component="p" title={t('distribution.shownOnce')} />
          <PackageView made={hand.data} />
        </>
      ) : (
        <DistributionFields choices={choices} onChoose={(some) => setChoices({ ...choices, ...some })} token={token} />
      )}
    </FormDialog>
  )
}
