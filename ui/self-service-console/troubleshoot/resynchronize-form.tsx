import type { MyToken } from '@driftlock/contracts'
import { LinkButton } from '@driftlock/ui-kit'
import { ActionGroup, Button, Form } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChangeWait } from './change-wait.tsx'
import { TokencodeField } from './tokencode-field.tsx'

interface ResynchronizeFormProps {
  token: MyToken
  pending: boolean
  onSubmit: (codes: { first: string; second: string }) => void
}

/** The tokencode that shows, the wait for its change, the new one. Nothing is lost by waiting longer. */
export function ResynchronizeForm({ token, pending, onSubmit }: ResynchronizeFormProps) {
  const { t } = useTranslation()
  const [first, setFirst] = useState('')
  const [second, setSecond] = useState('')
  const [firstAtMs, setFirstAtMs] = useState<number>()
  const [checked, setChecked] = useState(false)
  const isWhole = (code: string) => code.length === token.digits
  const enterFirst = (code: string) => {
    setFirst(code)
    setFirstAtMs(isWhole(code) ? Date.now() : undefined)
  }
  const faultOf = (code: string) =>
    checked && !isWhole(code) ? t('resync.digits', { digits: token.digits }) : undefined
  const secondFault = isWhole(second) && second === first ? t('resync.same') : faultOf(second)
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        setChecked(true)
        if (isWhole(first) && isWhole(second) && first !== second) onSubmit({ first, second })
      }}
    >
      <TokencodeField
        label={t('resync.first')}
        value={first}
        onChange={enterFirst}
        fault={faultOf(first)}
        token={token}
      />
      {firstAtMs !== undefined && <ChangeWait token={token} startedAtMs={firstAtMs} />}
      <TokencodeField
        label={t('resync.second')}
        value={second}
        onChange={setSecond}
        fault={secondFault}
        token={token}
      />
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
