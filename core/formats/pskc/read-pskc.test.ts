import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { collect } from '../testing/collect.ts'
import { type PskcItem, readPskc } from './read-pskc.ts'

const vectors = new URL('../../../../shared/vectors/', import.meta.url)

type VectorKey = {
  serial: string
  keyId: string
  type: string
  algorithm: string
  digits: number
  manufacturer: string | null
  issuer: string | null
  secret: string
  counter: number | null
  interval: number | null
  timeDrift: number | null
  start: string | null
  expiry: string | null
}
type VectorFile = { file: string; kind: string; presharedKey?: string; password?: string; keys: VectorKey[] }
const { files, invalid }: { files: VectorFile[]; invalid: VectorFile[] } = JSON.parse(
  readFileSync(new URL('pskc.dev.json', vectors), 'utf8'),
)

const unlock = (file: VectorFile) => ({
  ...(file.presharedKey !== undefined && { preSharedKey: Uint8Array.from(Buffer.from(file.presharedKey, 'hex')) }),
  ...(file.password !== undefined && { password: file.password }),
})
const bytesOf = (name: string): Buffer => readFileSync(new URL(`pskc/dev/${name}`, vectors))
const read = (file: VectorFile, options = {}): Promise<PskcItem[]> =>
  collect(readPskc([bytesOf(file.file)], { ...unlock(file), ...options }))

const asVector = (item: PskcItem): VectorKey => {
  if (!item.ok) throw item.error
  const { key } = item
  return {
    serial: key.serial,
    keyId: key.keyId ?? '',
    type: key.kind,
    algorithm: key.algorithm.toUpperCase(),
    digits: key.digits,
    manufacturer: key.manufacturer ?? null,
    issuer: key.issuer ?? null,
    secret: Buffer.from(key.secret).toString('hex'),
    counter: key.kind === 'hotp' ? Number(key.counter) : null,
    interval: key.kind === 'totp' ? key.intervalSeconds : null,
    timeDrift: key.timeDriftSteps ?? null,
    start: key.startDate?.slice(0, 10) ?? null,
    expiry: key.expiryDate?.slice(0, 10) ?? null,
  }
}

describe('readPskc on the vectors', () => {
  it.each(files)('reads every key of $file ($kind)', async (file) => {
    const expected = file.keys.map(({ suite: _suite, ...key }: VectorKey & { suite?: string }) => key)
    expect((await read(file)).map(asVector)).toEqual(expected)
  })

  it('demands the MAC of a wrapped key too where the file promises MACs', async () => {
    const wrapped = files.find(({ kind }) => kind === 'kw128') ?? expect.fail('no such vector')
    const method = '<pskc:MACMethod Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1"/>'
    const text = bytesOf(wrapped.file).toString().replace('</pskc:EncryptionKey>', `$&${method}`)
    const items = await collect(readPskc([Buffer.from(text)], unlock(wrapped)))
    expect(items).toMatchObject([{ ok: false, fatal: true, error: { code: 'mac-missing', field: 'Secret' } }])
  })

  const causes: Record<string, string[]> = {
    valueMacTampered: ['mac-mismatch'],
    cipherTampered: ['mac-mismatch'],
    wrongKey: ['wrong-key', 'wrong-password'],
    valueMacMissing: ['mac-missing'],
  }
  it.each(invalid)('refuses $file because of $kind', async (file) => {
    const refused = (await read(file)).flatMap((item) => (item.ok ? [] : [item.error]))
    expect(refused.length).toBeGreaterThan(0)
    for (const error of refused) expect(causes[file.kind]).toContain(error.code)
  })
})
