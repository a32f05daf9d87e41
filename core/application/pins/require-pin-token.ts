import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'

/** @throws ApplicationError `TOKEN_WITHOUT_PIN`. */
export function requirePinToken({ record }: ManagedToken): void {
  if (record.passcodeStyle === 'tokencode-only')
    throw new ApplicationError('TOKEN_WITHOUT_PIN', { serial: record.serial })
}
