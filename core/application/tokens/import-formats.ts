import {
  type FormatError,
  type OathToken,
  parseOtpauth,
  readCtf,
  readPskc,
  readSdtid,
  readSeedList,
  type ReadSeedListOptions,
  type SdtidToken,
  type CtfReading,
} from '@driftlock/formats'
import { textOfChunks } from './chunk-text.ts'
import { refusedByLimits } from './import-limits.ts'

export type ImportFormat = 'sdtid' | 'ctf' | 'pskc' | 'csv' | 'otpauth'

/** How a file of tokens is opened. Secrets: keep them out of logs. */
export interface ImportOpening {
  readonly password?: string | undefined
  /** PSKC. */
  readonly preSharedKey?: Uint8Array | undefined
  /** CTF. */
  readonly deviceId?: string | undefined
  /** CSV: dialect, kind and columns, where the list does not say them. */
  readonly seedList?: ReadSeedListOptions | undefined
  /** Take tokens that their MAC does not prove: sdtid with a wrong one, PSKC without one. Confirm each with a code then. */
  readonly ignoreTokenMacs?: boolean | undefined
}

/** One record of a file: a token as its format states it, or why it is refused. */
export type ImportItem =
  | { readonly ok: true; readonly line: number; readonly token: FormatToken }
  | { readonly ok: false; readonly error: FormatError; readonly fatal: boolean }

export type FormatToken =
  | { readonly from: 'sdtid'; readonly token: SdtidToken }
  | { readonly from: 'ctf'; readonly token: CtfReading }
  | { readonly from: 'oath'; readonly token: OathToken }

type Chunks = AsyncIterable<Uint8Array>

/** The readers of all formats under one shape. Whole-file refusals are thrown as FormatError or end as a `fatal` item. */
export const IMPORT_READERS: Readonly<
  Record<ImportFormat, (chunks: Chunks, opening: ImportOpening) => AsyncGenerator<ImportItem>>
> = {
  sdtid: sdtidItems,
  ctf: ctfItems,
  pskc: pskcItems,
  csv: csvItems,
  otpauth: otpauthItems,
}

async function* sdtidItems(chunks: Chunks, { password, ignoreTokenMacs }: ImportOpening): AsyncGenerator<ImportItem> {
  let line = 0
  for await (const record of readSdtid(chunks, { password, ignoreTokenMacs })) {
    line += 1
    if (record.ok) yield itemOf('sdtid', line, { from: 'sdtid', token: record.token })
    else yield { ok: false, error: record.error, fatal: false }
  }
}

async function* ctfItems(chunks: Chunks, { password, deviceId }: ImportOpening): AsyncGenerator<ImportItem> {
  const text = await textOfChunks('ctf', chunks)
  yield { ok: true, line: 1, token: { from: 'ctf', token: readCtf(text, { password, deviceId }) } }
}

async function* pskcItems(chunks: Chunks, opened: ImportOpening): AsyncGenerator<ImportItem> {
  const { password, preSharedKey, ignoreTokenMacs } = opened
  const opening = {
    ...(password !== undefined && { password }),
    ...(preSharedKey !== undefined && { preSharedKey }),
    ...(ignoreTokenMacs === true && { missingMac: 'ignore' as const }),
  }
  for await (const item of readPskc(chunks, opening)) {
    if (item.ok) yield oathItem('pskc', item.key.recordNumber, item.key)
    else yield item
  }
}

async function* csvItems(chunks: Chunks, { seedList }: ImportOpening): AsyncGenerator<ImportItem> {
  for await (const item of readSeedList(chunks, seedList)) {
    if (item.ok) yield oathItem('csv', item.line, item.token)
    else yield item
  }
}

/** One link a line; blank lines are skipped. A link has no serial: its account is taken for one. */
async function* otpauthItems(chunks: Chunks): AsyncGenerator<ImportItem> {
  const lines = (await textOfChunks('otpauth', chunks)).split(/\r\n|\r|\n/)
  for (const [index, text] of lines.entries()) {
    if (text.trim() === '') continue
    const { account, ...token } = parseOtpauth(text)
    const serial = (token.issuer === undefined ? account : `${token.issuer}:${account}`).slice(0, 255)
    yield oathItem('otpauth', index + 1, { ...token, serial })
  }
}

function oathItem(format: 'pskc' | 'csv' | 'otpauth', line: number, token: OathToken): ImportItem {
  return itemOf(format, line, { from: 'oath', token })
}

function itemOf(format: ImportFormat, line: number, token: FormatToken): ImportItem {
  const error = refusedByLimits(token, { format, line })
  return error === undefined ? { ok: true, line, token } : { ok: false, error, fatal: false }
}
