import { type MyEmergencyCodes, type MyToken, selfServiceEndpoints } from '@driftlock/contracts'
import { LinkButton, type Choice, ProblemAlert, RadioField, useApiAction, useConfirm } from '@driftlock/ui-kit'
import { ActionGroup, Button, Content, Form } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { afterTokenActs } from '../tokens/use-my-tokens.ts'

type Trouble = 'forgot-pin' | 'temporarily-unavailable' | 'permanently-lost' | 'other'

interface TroubleFormProps {
  token: MyToken
  onIssued: (codes: MyEmergencyCodes) => void
}

/** The four troubles of the seeds, in their order; those that are switched off are not offered. */
export function TroubleForm({ token, onIssued }: TroubleFormProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const choices = useTroubles(token)
  const [trouble, setTrouble] = useState<Trouble>(choices[0]?.value ?? 'other')
  const { issue, error, pending } = useIssueCodes(token, onIssued)
  const goOn = () => {
    if (trouble === 'forgot-pin') void navigate(`/tokens/${token.id}/forgot-pin`)
    else if (trouble === 'other') void navigate(`/tokens/${token.id}/confirm-undamaged`)
    else void issue(trouble)
  }
  return (
    <Form
      className="self-service-narrow"
      onSubmit={(event) => {
        event.preventDefault()
        goOn()
      }}
    >
      <RadioField
        label={t('troubleshoot.problem')}
        field={{ name: 'trouble', value: trouble, onChange: setTrouble }}
        choices={choices}
      />
      {choices.length < 4 && <Content component="p">{t('troubleshoot.notOffered')}</Content>}
      <ProblemAlert error={error} />
      <ActionGroup>
        <Button type="submit" isLoading={pending} isDisabled={pending}>
          {t('actions.ok')}
        </Button>
        <LinkButton to="/" variant="link">
          {t('actions.cancel')}
        </LinkButton>
      </ActionGroup>
    </Form>
  )
}

function useTroubles({ may }: MyToken): readonly Choice<Trouble>[] {
  const { t } = useTranslation()
  const all: readonly (Choice<Trouble> & { readonly offered: boolean })[] = [
    {
      value: 'forgot-pin',
      label: t('troubleshoot.forgotPin'),
      description: t('troubleshoot.forgotPinHelp'),
      offered: may.forgotPin,
    },
    {
      value: 'temporarily-unavailable',
      label: t('troubleshoot.unavailable'),
      description: t('troubleshoot.unavailableHelp'),
      offered: may.temporarilyUnavailable,
    },
    {
      value: 'permanently-lost',
      label: t('troubleshoot.lost'),
      description: t('troubleshoot.lostHelp'),
      offered: may.permanentlyLost,
    },
    {
      value: 'other',
      label: t('troubleshoot.other'),
      description: t('troubleshoot.otherHelp'),
      offered: may.resynchronise,
    },
  ]
  return all.filter(({ offered }) => offered)
}

/** Issues emergency codes, after asking where that takes something away. */
function useIssueCodes(token: MyToken, onIssued: (codes: MyEmergencyCodes) => void) {
  const { t } = useTranslation()
  const confirm = useConfirm()
  const action = useApiAction(selfServiceEndpoints.getMyEmergencyCodes, {
    invalidates: afterTokenActs,
    onDone: onIssued,
  })
  const issue = async (because: 'temporarily-unavailable' | 'permanently-lost') => {
    const question = because === 'permanently-lost' ? 'lost' : token.emergency ? 'void' : undefined
    const confirmed =
      question === undefined ||
      (await confirm({
        title: t(`troubleshoot.${question}Title`),
        body: t(`troubleshoot.${question}Body`),
        items: [t('tokens.name', { serial: token.serial })],
        confirmLabel: t(`troubleshoot.${question}Confirm`),
        danger: true,
      }))
    if (confirmed) action.mutate({ params: { tokenId: token.id }, body: { because } })
  }
  return { issue, error: action.error, pending: action.isPending }
}
