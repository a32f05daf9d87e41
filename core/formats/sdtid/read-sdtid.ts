import { equalBytes } from '@noble/ciphers/utils.js'
import { xmlSlices } from '../bounded-xml.ts'
import { FormatError, type FormatRecord } from '../format-error.ts'
import { batchSecret, cryptSeed, headerMac, type SdtidKeyFacts, tokenMac } from './sdtid-keys.ts'
import {
  encryptedSeed,
  fieldsOf,
  readBlock,
  readTokenFields,
  refuseSdtid,
  type SdtidFields,
  serialAsWritten,
  withoutBlanks,
} from './sdtid-record.ts'
import { leafText, type SdtidSection, trimBlanks } from './sdtid-section.ts'
import { createSectionReader } from './sdtid-sections.ts'
import type { SdtidToken } from './sdtid-token.ts'

/** One token of a file, or why this one token is refused while the others may be good. */
export type SdtidRecord =
  | { readonly ok: true; readonly token: SdtidToken }
  | { readonly ok: false; readonly error: FormatError }

export type ReadSdtidOptions = {
  /** The file's password. A file without one opens whatever is given here. */
  readonly password?: string | undefined
  /**
   * Take tokens although their TokenMAC is missing or wrong, as in files of tools before about 2014 that spelt `&` and `<`
   * their own way. Nothing else proves the seed then: confirm each token with a code. The header's MAC must fit all the same.
   */
  readonly ignoreTokenMacs?: boolean | undefined
}

/** A header with the secrets that may open the file; only one is left once its MAC has been checked. */
type OpenHeader = {
  readonly section: SdtidSection
  readonly isAuthentic: boolean
  readonly secrets: readonly Uint8Array[]
}

function keyFacts(header: SdtidSection): SdtidKeyFacts {
  const text = (name: string) => trimBlanks(leafText(header, name) ?? '')
  const secret = readBlock(withoutBlanks(leafText(header, 'Secret')), 'Secret')
  return { origin: text('Origin'), dest: text('Dest'), name: text('Name'), secret }
}

function openHeader(section: SdtidSection, password: string | undefined): OpenHeader {
  const facts = keyFacts(section)
  const mac = readBlock(withoutBlanks(leafText(section, 'HeaderMAC')), 'HeaderMAC')
  const secrets: Uint8Array[] = []
  for (const candidate of password ? [undefined, password] : [undefined]) {
    const secret = batchSecret(facts, candidate)
    if (equalBytes(headerMac(secret, facts.name, section), mac))
      return { section, isAuthentic: true, secrets: [secret] }
    secrets.push(secret)
  }
  return { section, isAuthentic: false, secrets }
}

function hasAuthenticToken(secret: Uint8Array, token: SdtidSection): boolean {
  try {
    const mac = readBlock(withoutBlanks(leafText(token, 'TokenMAC')), 'TokenMAC')
    return equalBytes(tokenMac(secret, serialAsWritten(token), token), mac)
  } catch (error) {
    if (error instanceof FormatError) return false
    throw error
  }
}

/** Why a header's MAC is wrong: a token that checks out under one of the secrets means that the header was changed. */
function whyHeaderFails(
  header: OpenHeader,
  token: SdtidSection | undefined,
  password: string | undefined,
): FormatError {
  if (token !== undefined && header.secrets.some((secret) => hasAuthenticToken(secret, token)))
    return refuseSdtid('header-tampered', 'HeaderMAC does not fit: the header of the file was changed.', {
      field: 'HeaderMAC',
    })
  const orChanged = 'or Origin, Dest, Name or Secret of the file was changed'
  if (!password) return refuseSdtid('password-required', `The file needs its password, ${orChanged}.`)
  return refuseSdtid('wrong-password', `The password does not open the file, ${orChanged}.`)
}

function checkTokenMac(secret: Uint8Array, section: SdtidSection, fields: SdtidFields): void {
  const mac = readBlock(withoutBlanks(leafText(section, 'TokenMAC')), 'TokenMAC', fields.record)
  if (!equalBytes(tokenMac(secret, serialAsWritten(section), section), mac))
    throw fields.refuse('token-tampered', 'TokenMAC', 'does not fit: this token was changed after it was issued')
}

type Place = { readonly number: number; readonly ignoreTokenMacs: boolean }

function readToken(header: OpenHeader, section: SdtidSection, { number, ignoreTokenMacs }: Place): SdtidToken {
  const written = serialAsWritten(section)
  if (!/^\d{1,12}$/.test(written)) {
    const record: FormatRecord = { number }
    const cause = written === '' ? 'is missing' : 'is not a number of up to 12 digits'
    throw refuseSdtid(written === '' ? 'missing-field' : 'invalid-field', `Token number ${number}: SN ${cause}.`, {
      field: 'SN',
      record,
    })
  }
  const fields = fieldsOf(header.section, section, { number, serial: written.padStart(12, '0') })
  const [secret] = header.secrets as [Uint8Array] // an authentic header has exactly one
  if (!ignoreTokenMacs) checkTokenMac(secret, section, fields)
  const encrypted = encryptedSeed(section, fields.record)
  return { ...readTokenFields(fields, written), seed: cryptSeed(secret, written, encrypted) }
}

function readRecord(header: OpenHeader, section: SdtidSection, place: Place): SdtidRecord {
  try {
    return { ok: true, token: readToken(header, section, place) }
  } catch (error) {
    if (error instanceof FormatError) return { ok: false, error }
    throw error
  }
}

/** Turns sections into records: the header first and once, then tokens. */
function createBatch({ password, ignoreTokenMacs = false }: ReadSdtidOptions) {
  let header: OpenHeader | undefined
  let count = 0

  function accept(section: SdtidSection): SdtidRecord | undefined {
    if (section.name === 'TKNHeader') {
      if (header !== undefined)
        throw refuseSdtid('duplicate-field', 'The file has two headers.', { field: 'TKNHeader' })
      header = openHeader(section, password)
      return undefined
    }
    if (header === undefined)
      throw refuseSdtid('missing-field', 'A token stands before the header of the file.', { field: 'TKNHeader' })
    if (!header.isAuthentic) throw whyHeaderFails(header, section, password)
    count += 1
    return readRecord(header, section, { number: count, ignoreTokenMacs })
  }

  function finish(): void {
    if (header === undefined) throw refuseSdtid('missing-field', 'The file has no header.', { field: 'TKNHeader' })
    if (!header.isAuthentic) throw whyHeaderFails(header, undefined, password)
    if (count === 0) throw refuseSdtid('no-tokens', 'The file holds no token.')
  }

  return { accept, finish }
}

function refuseZip(chunk: Uint8Array): void {
  if (chunk[0] === 0x50 && chunk[1] === 0x4b)
    throw refuseSdtid('not-sdtid', 'The file is a ZIP archive; unpack it and import the .sdtid files in it.')
}

/**
 * Reads an sdtid file of any size as it comes in: the tokens one by one, memory bounded by one token and one slice.
 * A token that was changed or cannot be used is a record with `ok: false`; whatever concerns the whole file (not sdtid,
 * damaged, wrong password, changed header) is thrown as `FormatError`. Tokens already yielded belong to a good file only
 * once the generator has ended. Source: the sdtid section of the token formats notes, checked against stoken 0.92.
 */
export async function* readSdtid(
  chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  options: ReadSdtidOptions = {},
): AsyncGenerator<SdtidRecord, void, undefined> {
  const batch = createBatch(options)
  const sections: SdtidSection[] = []
  const xml = createSectionReader((section) => sections.push(section))
  let isFirst = true
  for await (const chunk of chunks) {
    if (isFirst && chunk.length > 0) {
      refuseZip(chunk)
      isFirst = false
    }
    for (const slice of xmlSlices(chunk)) {
      xml.write(slice)
      for (const section of sections.splice(0)) {
        const record = batch.accept(section)
        if (record !== undefined) yield record
      }
    }
  }
  xml.end()
  batch.finish()
}
