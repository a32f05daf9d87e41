import type { PinRequirements } from '@driftlock/contracts'
import type { TFunction } from 'i18next'

/** What a PIN must look like, in words. */
export function pinRulesInWords(t: TFunction, rules: PinRequirements): string {
  const { minLength: min, maxLength: max, characters, minLetters, minDigits, leadingZeroAllowed } = rules
  const letters = characters === 'letters-and-digits'
  return [
    t(letters ? 'pin.alphanumeric' : 'pin.digits', { min, max }),
    ...(letters && minLetters > 0 ? [t('pin.letters', { count: minLetters })] : []),
    ...(letters && minDigits > 0 ? [t('pin.numbers', { count: minDigits })] : []),
    ...(leadingZeroAllowed ? [] : [t('pin.noZero')]),
  ].join(' ')
}

/** Whether a PIN keeps to the rules that can be checked here; the server also knows its history and dictionary. */
export function keepsToRules(pin: string, rules: PinRequirements): boolean {
  const letters = pin.replaceAll(/[^A-Za-z]/g, '').length
  const digits = pin.replaceAll(/\D/g, '').length
  const alphabet = rules.characters === 'digits' ? /^\d*$/ : /^[A-Za-z\d]*$/
  return (
    pin.length >= rules.minLength &&
    pin.length <= rules.maxLength &&
    alphabet.test(pin) &&
    letters >= (rules.characters === 'digits' ? 0 : rules.minLetters) &&
    digits >= rules.minDigits &&
    (rules.leadingZeroAllowed || !pin.startsWith('0'))
  )
}
