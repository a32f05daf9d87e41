import { equalBytes } from '@noble/ciphers/utils.js'
import type { CHash } from '@noble/hashes/utils.js'
import { decodeBase64 } from './base64-text.ts'
import { type Opened, type Opener, type PskcCipher, pskcCiphers } from './ciphers.ts'
import { encryptionKey, type PskcUnlock } from './encryption-key.ts'
import { hmacHash, macOf } from './hmac-methods.ts'
import { type PskcPlace, refusePskc } from './refuse.ts'
import { descend, textAt, type XmlElement } from './xml-tree.ts'

/**
 * Opens a file's encrypted values (RFC 6030 §6) and checks their MACs before using a byte of them. The keys are made on first
 * use and once per file: PBKDF2 is the dear part. Whether missing MACs are let pass is settled when it is made.
 */
export class PskcVault {
  readonly #encryptionKeyElement: XmlElement | undefined
  readonly #macMethod: XmlElement | undefined
  readonly #unlock: PskcUnlock
  readonly #ignoresMissingMac: boolean
  readonly #openers = new Map<PskcCipher, Opener>()
  #key: Uint8Array | undefined
  #mac: { readonly hash: CHash; readonly key: Uint8Array } | undefined
  #isKeyProven = false
  #isKeyDoubtful = false

  constructor(
    header: { encryptionKey: XmlElement | undefined; macMethod: XmlElement | undefined },
    unlock: PskcUnlock & { ignoresMissingMac: boolean },
  ) {
    this.#encryptionKeyElement = header.encryptionKey
    this.#macMethod = header.macMethod
    this.#unlock = unlock
    this.#ignoresMissingMac = unlock.ignoresMissingMac
  }

  /** Refuses a plain secret in a file that protects its values: anyone could have put it there in place of a real one. */
  requirePlainAllowed(place: PskcPlace): void {
    const isProtected = this.#encryptionKeyElement !== undefined || this.#macMethod !== undefined
    if (!isProtected || this.#ignoresMissingMac) return
    const cause =
      'it is in the clear although the file protects its values, so it has no MAC and may have been replaced'
    refusePskc('mac-missing', place, cause)
  }

  /** The plain bytes of a Secret, Counter … that holds an EncryptedValue. Refusals name `place`. */
  open(value: XmlElement, place: PskcPlace): Uint8Array {
    const encrypted = descend(value, 'EncryptedValue')
    if (encrypted === undefined) return refusePskc('missing-field', place, 'it has no EncryptedValue')
    const { cipher, cipherValue } = readEncrypted(encrypted, place)
    const macText = textAt(value, 'ValueMAC')
    const key = this.#fileKey()
    const hasMac = this.#checkMac(cipherValue, { macText, selfChecking: cipher.selfChecking }, place)
    const opened = this.#opener(cipher, key)(cipherValue)
    if (opened.outcome !== 'opened') return this.#refuseOpened(opened, place)
    if (hasMac || cipher.selfChecking) this.#isKeyProven = true
    return opened.plain
  }

  /** True when a MAC was there and right; false when none is needed or missing ones are let pass. */
  #checkMac(
    cipherValue: Uint8Array,
    found: { macText: string | undefined; selfChecking: boolean },
    place: PskcPlace,
  ): boolean {
    const mac = this.#fileMac()
    if (found.macText === undefined || mac === undefined) {
      // A key wrap proves itself; where the file promises MACs, every value must have one all the same (RFC 6030 §6.1.1).
      if ((found.selfChecking && mac === undefined) || this.#ignoresMissingMac) return false
      const cause = 'it has no MAC, so a change would go unseen; ask for a file with MACs or decide to import without'
      return refusePskc('mac-missing', place, cause)
    }
    const stated = decodeBase64(found.macText)
    if (stated !== undefined && equalBytes(stated, macOf(mac.hash, mac.key, cipherValue))) return true
    if (this.#isKeyProven) return refusePskc('mac-mismatch', place, 'its MAC does not match: it was changed or damaged')
    const cause = `its MAC does not match: it was changed or damaged, or the ${this.#keyName()} is wrong`
    return refusePskc(this.#isKeyDoubtful ? this.#wrongKeyCode() : 'mac-mismatch', place, cause)
  }

  #fileKey(): Uint8Array {
    this.#key ??= encryptionKey(this.#encryptionKeyElement, this.#unlock)
    return this.#key
  }

  /** The MAC key is encrypted like a value; without one the encryption key serves (RFC 6030 §6.1.1). */
  #fileMac(): { hash: CHash; key: Uint8Array } | undefined {
    const method = this.#macMethod
    if (method === undefined) return undefined
    if (this.#mac !== undefined) return this.#mac
    const hash = hmacHash(method.attributes.get('Algorithm') ?? '')
    if (hash === undefined) {
      return refusePskc('unsupported-protection', { field: 'MACMethod' }, 'its algorithm is not an HMAC with SHA')
    }
    if (descend(method, 'MACKeyReference') !== undefined) {
      return refusePskc(
        'unsupported-protection',
        { field: 'MACKeyReference' },
        'a MAC key outside the file is not known',
      )
    }
    const element = descend(method, 'MACKey')
    this.#mac = { hash, key: element === undefined ? this.#fileKey() : this.#openMacKey(element) }
    return this.#mac
  }

  #openMacKey(element: XmlElement): Uint8Array {
    const place = { field: 'MACKey' }
    const { cipher, cipherValue } = readEncrypted(element, place)
    const opened = this.#opener(cipher, this.#fileKey())(cipherValue)
    if (opened.outcome !== 'opened') return this.#refuseOpened(opened, place)
    // One wrong key in sixteen passes the padding by luck; then every ValueMAC fails and this tells why.
    this.#isKeyDoubtful = !opened.looksRight
    return opened.plain
  }

  #opener(cipher: PskcCipher, key: Uint8Array): Opener {
    const known = this.#openers.get(cipher)
    if (known !== undefined) return known
    if (!cipher.keyBytes.includes(key.length)) {
      const cause = `the ${this.#keyName()} gives ${key.length} bytes, the file's cipher needs ${cipher.keyBytes.join(' or ')}`
      return refusePskc(this.#wrongKeyCode(), { field: 'EncryptionKey' }, cause)
    }
    const opener = cipher.prepare(key)
    this.#openers.set(cipher, opener)
    return opener
  }

  #refuseOpened(opened: Exclude<Opened, { outcome: 'opened' }>, place: PskcPlace): never {
    if (opened.outcome === 'cipher-length') {
      return refusePskc('wrong-length', place, 'its CipherValue is cut or is not whole blocks of the cipher')
    }
    if (this.#isKeyProven) return refusePskc('mac-mismatch', place, 'it does not open: it was changed or damaged')
    const cause = `it does not open: the ${this.#keyName()} is wrong, or it was changed or damaged`
    return refusePskc(this.#wrongKeyCode(), place, cause)
  }

  #usesPassword(): boolean {
    return descend(this.#encryptionKeyElement, 'DerivedKey') !== undefined
  }

  #keyName(): string {
    return this.#usesPassword() ? 'password' : 'pre-shared key'
  }

  #wrongKeyCode(): 'wrong-password' | 'wrong-key' {
    return this.#usesPassword() ? 'wrong-password' : 'wrong-key'
  }
}

const readEncrypted = (element: XmlElement, place: PskcPlace): { cipher: PskcCipher; cipherValue: Uint8Array } => {
  const algorithm = descend(element, 'EncryptionMethod')?.attributes.get('Algorithm')
  const cipher = pskcCiphers.get(algorithm ?? '')
  if (cipher === undefined) return refusePskc('unsupported-protection', place, 'its EncryptionMethod is not known')
  const text = textAt(element, 'CipherData', 'CipherValue')
  if (text === undefined) return refusePskc('missing-field', place, 'its CipherValue is missing')
  const cipherValue = decodeBase64(text)
  if (cipherValue === undefined) return refusePskc('invalid-field', place, 'its CipherValue is not base64')
  return { cipher, cipherValue }
}
