import { FormatError } from '../format-error.ts'
import { type PskcKey, readKeyPackage } from './key-package.ts'
import { refusePskc } from './refuse.ts'
import { splitPskcDocument } from './split-document.ts'
import { PskcVault } from './vault.ts'
import type { XmlElement } from './xml-tree.ts'

/** What to do with an encrypted value that has no ValueMAC: refuse the file, leave the key out, or import it unchecked. */
export type MissingMacRule = 'fail-file' | 'skip-token' | 'ignore'

/** How a PSKC file is opened; absent keys are only missed when the file needs them. */
export type ReadPskcOptions = {
  readonly preSharedKey?: Uint8Array
  readonly password?: string
  /** Default `fail-file`. */
  readonly missingMac?: MissingMacRule
  /** Most PBKDF2 rounds to spend; default 600,000 (about half a second). */
  readonly maxIterations?: number
}

/** One key, or one refusal. A `fatal` refusal is the last item and condemns the whole file, the keys already given included. */
export type PskcItem =
  | { readonly ok: true; readonly key: PskcKey }
  | { readonly ok: false; readonly error: FormatError; readonly fatal: boolean }

const DEFAULT_MAX_ITERATIONS = 600_000

/**
 * Reads a PSKC file (RFC 6030) key by key, holding one at a time. MACs are demanded of every encrypted value that does not
 * prove itself, unless told otherwise. Never throws for what the file holds: a bad key is one refused item and the next key
 * follows; a bad file ends with a `fatal` item.
 */
export async function* readPskc(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: ReadPskcOptions = {},
): AsyncGenerator<PskcItem, void, undefined> {
  const reader = new PskcReader(options)
  try {
    for await (const part of splitPskcDocument(chunks)) {
      const item = reader.take(part)
      if (item === undefined) continue
      yield item
      if (!item.ok && item.fatal) return
    }
    reader.end()
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    yield { ok: false, error, fatal: true }
  }
}

class PskcReader {
  readonly #options: ReadPskcOptions
  readonly #header = new Map<string, XmlElement>()
  #vault: PskcVault | undefined
  #records = 0

  constructor(options: ReadPskcOptions) {
    this.#options = options
  }

  /** Takes one child of the KeyContainer; header parts give no item. */
  take(part: XmlElement): PskcItem | undefined {
    if (part.local === 'KeyPackage') return this.#readKey(part)
    if (part.local === 'EncryptionKey' || part.local === 'MACMethod') this.#keepHeader(part)
    return undefined
  }

  end(): void {
    if (this.#records === 0) refusePskc('no-tokens', {}, 'it holds no KeyPackage')
  }

  #keepHeader(part: XmlElement): void {
    if (this.#header.has(part.local)) refusePskc('duplicate-field', { field: part.local }, 'it is there twice')
    if (this.#records > 0) refusePskc('not-well-formed', { field: part.local }, 'it stands after the keys it governs')
    this.#header.set(part.local, part)
  }

  #readKey(part: XmlElement): PskcItem {
    this.#records += 1
    this.#vault ??= this.#makeVault()
    try {
      return { ok: true, key: readKeyPackage(part, this.#records, this.#vault) }
    } catch (error) {
      if (!(error instanceof FormatError)) throw error
      return { ok: false, error, fatal: this.#isFatal(error) }
    }
  }

  /** A refusal without a record is about the file's own keys: no other key would fare better. */
  #isFatal(error: FormatError): boolean {
    const failsFile = (this.#options.missingMac ?? 'fail-file') === 'fail-file'
    return error.record === undefined || (error.code === 'mac-missing' && failsFile)
  }

  #makeVault(): PskcVault {
    const { preSharedKey, password, missingMac, maxIterations = DEFAULT_MAX_ITERATIONS } = this.#options
    const header = { encryptionKey: this.#header.get('EncryptionKey'), macMethod: this.#header.get('MACMethod') }
    return new PskcVault(header, { preSharedKey, password, maxIterations, ignoresMissingMac: missingMac === 'ignore' })
  }
}
