import type { PinRequirements } from '@driftlock/contracts'
import { FieldFrame, PlainSecretInput } from '@driftlock/ui-kit'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepsToRules, pinRulesInWords } from './pin-rules.ts'

export interface NewPin {
  readonly newPin: string
  readonly confirmPin: string
  /** The PIN twice alike and within the rules; shows the faults where not. */
  readonly check: () => boolean
  readonly fields: NewPinFieldsProps
}

interface NewPinFieldsProps {
  rules: PinRequirements
  newPin: string
  confirmPin: string
  onNewPin: (pin: string) => void
  onConfirmPin: (pin: string) => void
  checked: boolean
}

/** State of a PIN that is chosen twice. */
export function useNewPin(rules: PinRequirements): NewPin {
  const [newPin, onNewPin] = useState('')
  const [confirmPin, onConfirmPin] = useState('')
  const [checked, setChecked] = useState(false)
  return {
    newPin,
    confirmPin,
    check: () => {
      setChecked(true)
      return keepsToRules(newPin, rules) && newPin === confirmPin
    },
    fields: { rules, newPin, confirmPin, onNewPin, onConfirmPin, checked },
  }
}

/** The new PIN and the same again, with the rules in words. */
export function NewPinFields({ rules, newPin, confirmPin, onNewPin, onConfirmPin, checked }: NewPinFieldsProps) {
  const { t } = useTranslation()
  const [newId, confirmId] = [useId(), useId()]
  const inputMode = rules.characters === 'digits' ? 'numeric' : 'text'
  const rulesFault = checked && !keepsToRules(newPin, rules) ? t('pin.breaksRules') : undefined
  const confirmFault = checked && newPin !== confirmPin ? t('pin.mismatch') : undefined
  return (
    <>
      <FieldFrame id={newId} label={t('pin.newPin')} required help={pinRulesInWords(t, rules)} faultText={rulesFault}>
        <PlainSecretInput
          id={newId}
          value={newPin}
          onChange={onNewPin}
          isWrong={rulesFault !== undefined}
          autoComplete="new-password"
          inputMode={inputMode}
        />
      </FieldFrame>
      <FieldFrame id={confirmId} label={t('pin.confirmPin')} required faultText={confirmFault}>
        <PlainSecretInput
          id={confirmId}
          value={confirmPin}
          onChange={onConfirmPin}
          isWrong={confirmFault !== undefined}
          autoComplete="new-password"
          inputMode={inputMode}
        />
      </FieldFrame>
    </>
  )
}
