import { equalBytes } from '@noble/ciphers/utils.js'
import { base64 } from '@scure/base'
import { parseCivilDay } from '../civil-date.ts'
import type { FormatRecord } from '../format-error.ts'
import { encodeUtf8 } from '../utf8.ts'
import { batchSecret, cryptSeed, fitBytes, headerMac, type SdtidKeyFacts, tokenMac } from './sdtid-keys.ts'
import { refuseSdtid } from './sdtid-record.ts'
import type { SdtidLeaf, SdtidSection } from './sdtid-section.ts'
import type { SdtidToken } from './sdtid-token.ts'

/** A token to write; its serial is written as `serialAsWritten` where that is given. */
export type SdtidTokenToWrite = Omit<SdtidToken, 'serialAsWritten' | 'pinStyle'> & {
  readonly serialAsWritten?: string
}

export type WriteSdtidRequest = {
  readonly tokens: readonly SdtidTokenToWrite[]
  /** 16 random bytes, fresh for each file. */
  readonly secret: Uint8Array
  /** At most 32 bytes of UTF-8, since readers look at no more. Absent: anyone who has the file can open it. */
  readonly password?: string | undefined
  /** Names in the header; without a password `origin` takes its place. */
  readonly origin?: string
  readonly dest?: string
  readonly name?: string
}

type Field = { readonly name: string; readonly text: string }

const passwordBytes = 32

function refuse(field: string, message: string, record?: FormatRecord) {
  return refuseSdtid('cannot-write', message, { field, record })
}

/** XML 1.0 has no way to write control characters, and a blank at an end would be lost to readers that trim. */
function checkText(field: string, text: string): void {
  if (/[^\u0020-\ufffd]/.test(text) || !text.isWellFormed())
    throw refuse(field, `${field} holds a character that an XML file cannot hold.`)
  if (text !== text.trim()) throw refuse(field, `${field} begins or ends with a blank.`)
}

function slashed(field: string, isoDate: string): string {
  if (parseCivilDay(isoDate, '-') === undefined) throw refuse(field, `${field} is not a date of the form YYYY-MM-DD.`)
  return isoDate.replaceAll('-', '/')
}

const flagText = (flag: boolean) => (flag ? '1' : '0')

function numberText(field: string, value: number | undefined): string | undefined {
  if (value === undefined) return undefined
  if (!Number.isInteger(value) || value < 0 || value > 999_999_999)
    throw refuse(field, `${field} is not a whole number of up to nine digits.`)
  return `${value}`
}

/** The fields that may stand as defaults in the header, in the order of the files met. */
function defaultableFields(token: SdtidTokenToWrite): Field[] {
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['Birth', token.birth && slashed('Birth', token.birth)],
    ['Death', token.death && slashed('Death', token.death)],
    ['Digits', `${token.digits}`],
    ['Interval', `${token.intervalSeconds}`],
    ['Alg', '1'],
    ['Mode', numberText('Mode', token.mode)],
    ['Precision', numberText('Precision', token.precision)],
    ['SmallWin', numberText('SmallWin', token.smallWindowSeconds)],
    ['MediumWin', numberText('MediumWin', token.mediumWindowSeconds)],
    ['LargeWin', numberText('LargeWin', token.largeWindowSeconds)],
    ['AddPIN', flagText(token.pinMode >= 2)],
    ['LocalPIN', flagText(token.pinMode % 2 === 1)],
    ['CopyProtection', flagText(token.copyProtection)],
    ['PinType', numberText('PinType', token.pinType)],
    ['Keypad', flagText(token.keypad)],
    ['ProtLevel', numberText('ProtLevel', token.protectionLevel)],
    ['Revision', numberText('Revision', token.revision)],
    ['TimeDerivedSeeds', flagText(token.timeDerivedSeeds)],
    ['AppDerivedSeeds', flagText(token.appDerivedSeeds)],
    ['FormFactor', token.formFactor],
  ]
  return texts.flatMap(([name, text]) => (text === undefined || text === '' ? [] : [{ name, text }]))
}

/** The first token's fields that every token has: only those can be defaults without giving a token what it lacks. */
function sharedFields(all: readonly (readonly Field[])[]): Field[] {
  const counts = new Map<string, number>()
  for (const { name } of all.flat()) counts.set(name, (counts.get(name) ?? 0) + 1)
  return (all[0] ?? []).filter(({ name }) => counts.get(name) === all.length)
}

function checkToken(token: SdtidTokenToWrite, index: number): void {
  const record = { number: index + 1, serial: token.serial }
  const serial = token.serialAsWritten ?? token.serial
  if (!/^\d{12}$/.test(token.serial) || !/^\d{1,12}$/.test(serial) || serial.padStart(12, '0') !== token.serial)
    throw refuse('SN', 'The serial is not 12 digits, or is written as another number.', { number: index + 1 })
  if (token.seed.length !== 16) throw refuse('Seed', 'The seed is not 16 bytes.', record)
  if (!Number.isInteger(token.digits) || token.digits < 1 || token.digits > 8)
    throw refuse('Digits', 'Digits is not between 1 and 8.', record)
}

const leaf = (name: string, path: string, text: string): SdtidLeaf => ({ name, path, text })

/** A blank field is one space, as in the files met. */
function tokenSection(token: SdtidTokenToWrite, fields: readonly Field[], encryptedSeed: Uint8Array): SdtidSection {
  const own = (name: string, text: string) => leaf(name, `TKN.${name}`, text)
  const attribute = (name: string, text = ' ') => leaf(name, `TKN.TokenAttributes.${name}`, text)
  return {
    name: 'TKN',
    leaves: [
      own('SN', token.serialAsWritten ?? token.serial),
      own('Seed', `=${base64.encode(encryptedSeed)}`),
      own('UserFirstName', token.userFirstName || ' '),
      own('UserLastName', token.userLastName || ' '),
      own('UserLogin', token.userLogin || ' '),
      ...fields.map(({ name, text }) => own(name, text)),
      attribute('DeviceSerialNumber', token.deviceSerialNumber || ' '),
      attribute('Nickname', token.nickname || ' '),
    ],
  }
}

function headerSection(request: WriteSdtidRequest, facts: SdtidKeyFacts, defaults: readonly Field[]): SdtidSection {
  const serials = request.tokens.map((token) => token.serial).toSorted()
  const own = (name: string, text: string) => leaf(name, `TKNHeader.${name}`, text)
  return {
    name: 'TKNHeader',
    leaves: [
      own('Version', '0'),
      own('Origin', facts.origin),
      own('Dest', facts.dest),
      own('Name', facts.name),
      own('FirstToken', serials[0] ?? ' '),
      own('LastToken', serials.at(-1) ?? ' '),
      own('NumTokens', `${serials.length}`),
      own('Secret', base64.encode(facts.secret)),
      ...defaults.map(({ name, text }) => own(`Def${name}`, text)),
    ],
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function elements(section: SdtidSection, mac: Field): string {
  const lines: string[] = []
  let isInAttributes = false
  for (const { name, path, text } of [...section.leaves, leaf(mac.name, `${section.name}.${mac.name}`, mac.text)]) {
    const isAttribute = path.startsWith('TKN.TokenAttributes.')
    if (isAttribute !== isInAttributes) lines.push(isAttribute ? '<TokenAttributes>' : '</TokenAttributes>')
    isInAttributes = isAttribute
    lines.push(`<${name}>${escapeXml(text)}</${name}>`)
  }
  return `<${section.name}>\n${lines.join('\n')}\n</${section.name}>\n`
}

function checkRequest(request: WriteSdtidRequest, facts: SdtidKeyFacts): void {
  if (facts.secret.length !== 16) throw refuse('Secret', 'The secret of the file is not 16 bytes.')
  if (request.tokens.length === 0) throw refuse('TKN', 'There is no token to write.')
  for (const [field, text] of [
    ['Origin', facts.origin],
    ['Dest', facts.dest],
    ['Name', facts.name],
  ] as const) {
    checkText(field, text)
    if (text === '') throw refuse(field, `${field} is empty.`)
  }
  if (!request.password) return
  if (encodeUtf8(request.password).length > passwordBytes)
    throw refuse('password', `The password is longer than ${passwordBytes} bytes; readers look at no more.`)
  if (equalBytes(fitBytes(request.password, passwordBytes), fitBytes(facts.origin, passwordBytes)))
    throw refuse('password', 'The password equals Origin, so that the file would open without it.')
}

/**
 * Writes an sdtid batch with both MACs, readable by {@link readSdtid} and by stoken; there is no vendor's signature in
 * the trailer. Throws `FormatError` with code `cannot-write` for what the format cannot hold. The text is as secret as
 * the seeds unless a good password protects it.
 */
export function writeSdtid(request: WriteSdtidRequest): string {
  const facts = {
    origin: request.origin ?? 'N/A',
    dest: request.dest ?? 'N/A',
    name: request.name ?? 'Driftlock',
    secret: request.secret,
  }
  checkRequest(request, facts)
  request.tokens.forEach(checkToken)
  const secret = batchSecret(facts, request.password || undefined)
  const fields = request.tokens.map(defaultableFields)
  const defaults = sharedFields(fields)
  const header = headerSection(request, facts, defaults)
  const headerText = elements(header, { name: 'HeaderMAC', text: base64.encode(headerMac(secret, facts.name, header)) })

  const tokenTexts = request.tokens.map((token, index) => {
    const own = (fields[index] ?? []).filter(
      (field) => defaults.find((shared) => shared.name === field.name)?.text !== field.text,
    )
    const written = token.serialAsWritten ?? token.serial
    const section = tokenSection(token, own, cryptSeed(secret, written, token.seed))
    for (const { name, text } of section.leaves) if (text !== ' ') checkText(name, text)
    return elements(section, { name: 'TokenMAC', text: base64.encode(tokenMac(secret, written, section)) })
  })
  const body = [headerText, ...tokenTexts, '<TKNTrailer>\n</TKNTrailer>\n'].join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<TKNBatch>\n${body}</TKNBatch>\n`
}
