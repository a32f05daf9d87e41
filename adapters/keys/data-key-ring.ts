import {
  type CarriedPurpose,
  type Clock,
  type KeyPurpose,
  type KeyRing,
  type SealContext,
  SealError,
  type Sealed,
  type SealPurpose,
} from '@driftlock/application'
import type { PinKeys } from '@driftlock/domain'
import type { DataKey } from './data-key.ts'
import type { KeySet } from './key-set.ts'
import { keyIdOf, openValue, sealValue } from './sealed-value.ts'

/** Longest text that is looked at; far above any challenge or session. */
const LONGEST_TEXT = 4096
const URL_SAFE = /^[A-Za-z0-9_-]+$/

/** The key ring over data keys in memory. */
export class DataKeyRing implements KeyRing {
  #keys: KeySet
  readonly #clock: Clock

  constructor(keys: KeySet, clock: Clock) {
    this.#keys = keys
    this.#clock = clock
  }

  /** Every key it holds, for rotation and for the audit chain. */
  keys(): KeySet {
    return this.#keys
  }

  replaceKeys(keys: KeySet): void {
    this.#keys = keys
  }

  seal(purpose: SealPurpose, context: SealContext, plaintext: Uint8Array): Sealed {
    return sealValue(this.currentKey(purpose), boundToCell(purpose, context), plaintext)
  }

  open(purpose: SealPurpose, context: SealContext, sealed: Sealed): Uint8Array {
    const id = keyIdOf(sealed)
    if (id === undefined) {
      throw new SealError(
        'SEALED_VALUE_UNREADABLE',
        context,
        'it is cut or was never sealed. Restore the row from a backup.',
      )
    }
    const key = this.#keys.get(id)
    if (key?.purpose !== purpose) {
      const advice = `the key ring has no ${purpose} key ${id}. Restore the keys that belong to this database.`
      throw new SealError('SEALING_KEY_UNKNOWN', context, advice)
    }
    const content = openValue(key.key, boundToCell(purpose, context), sealed)
    if (content === undefined) {
      const advice = 'it was changed, or moved here from another row. Restore the row from a backup.'
      throw new SealError('SEALED_VALUE_UNREADABLE', context, advice)
    }
    return content
  }

  sealedUnder(sealed: Sealed): string | undefined {
    return keyIdOf(sealed)
  }

  currentKeyId(purpose: SealPurpose): string {
    return this.currentKey(purpose).id
  }

  pinKeys(): PinKeys {
    return this.#keys.pinKeys(this.#clock.now())
  }

  sealText(purpose: CarriedPurpose, bound: readonly string[], content: Uint8Array): string {
    const text = sealValue(this.currentKey(purpose), boundToClient(purpose, bound), content).toString('base64url')
    if (text.length > LONGEST_TEXT) throw new RangeError(`A carried value has at most ${LONGEST_TEXT} characters`)
    return text
  }

  openText(purpose: CarriedPurpose, bound: readonly string[], text: string): Uint8Array | undefined {
    if (text.length > LONGEST_TEXT || !URL_SAFE.test(text)) return undefined
    const sealed = Buffer.from(text, 'base64url')
    // Unused bits of the last character would let several texts stand for one value.
    if (sealed.toString('base64url') !== text) return undefined
    const key = this.#keys.get(keyIdOf(sealed) ?? '')
    if (key?.purpose !== purpose) return undefined
    return openValue(key.key, boundToClient(purpose, bound), sealed)
  }

  /** The key that makes new values of the purpose now. */
  currentKey(purpose: KeyPurpose): DataKey {
    return this.#keys.current(purpose, this.#clock.now())
  }

  /** What an auditor needs to check signed checkpoints: raw Ed25519 public keys by key id. No secret. */
  auditPublicKeys(): ReadonlyMap<string, Uint8Array> {
    return new Map(this.#keys.all().flatMap(({ id, publicKey }) => (publicKey === null ? [] : [[id, publicKey]])))
  }
}

// JSON keeps the parts apart: no two lists of strings have the same text.
function boundToCell(purpose: SealPurpose, { table, column, row }: SealContext): string {
  return JSON.stringify([purpose, table, column, row])
}

function boundToClient(purpose: CarriedPurpose, bound: readonly string[]): string {
  return JSON.stringify([purpose, ...bound])
}
